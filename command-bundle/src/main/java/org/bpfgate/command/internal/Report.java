package org.bpfgate.command.internal;

import java.io.PrintWriter;
import java.util.List;
import org.bpfgate.hook.ModuleStack;

/** How decisions are printed. */
interface Report {
    /** Prints verdicts, decision, rule and reason of each program. */
    void decisions(ModuleStack stack, List<Decided> decisions, PrintWriter out);

    /** Prints the verdicts of each program only. */
    void verdicts(ModuleStack stack, List<Decided> decisions, PrintWriter out);

    /** Prints decisions beside what was expected of them. */
    void comparison(ModuleStack stack, List<Compared> decisions, PrintWriter out);

    static Report of(Format format) {
        return switch (format) {
            case TEXT -> new TextReport();
            case JSON -> new JsonReport();
        };
    }
}
