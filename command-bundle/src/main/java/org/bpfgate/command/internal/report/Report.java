package org.bpfgate.command.internal.report;

import java.util.List;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.Format;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.stack.ModuleStack;

/** How decisions are printed. */
public interface Report extends Comparison.Printer {
    /** Prints verdicts, decision, rule and reason of each program. */
    void decisions(ModuleStack stack, List<ProgramDecision> decisions, Console console);

    /** Prints the verdicts of each program only. */
    void verdicts(ModuleStack stack, List<ProgramDecision> decisions, Console console);

    /** Prints how a policy comes to its decisions. */
    void explanations(ModuleStack stack, List<ProgramExplanation> explanations, Console console);

    static Report of(Format format, Style style) {
        return switch (format) {
            case TEXT -> new TextReport(style);
            case JSON -> new JsonReport();
        };
    }
}
