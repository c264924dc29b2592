package org.bpfgate.command.internal;

import java.io.PrintWriter;
import org.bpfgate.program.ProgramDigest;

/** A difference for people, and for tools that read lines: the digits with a sign before them. */
final class PrintedDifference extends ListDifference {
    PrintedDifference(PrintWriter out) {
        super(out);
    }

    @Override
    void print(ProgramDigest digest, boolean isNew) {
        out.println((isNew ? "+" : "-") + digest.hex());
    }

    @Override
    void summary(String list) {
        out.println(list + ": " + added() + " added, " + removed() + " removed");
    }

    @Override
    void end() {}
}
