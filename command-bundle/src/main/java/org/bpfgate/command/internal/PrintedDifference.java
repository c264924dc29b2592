package org.bpfgate.command.internal;

import java.io.PrintWriter;
import org.bpfgate.allowlist.DifferenceVisitor;
import org.bpfgate.program.ProgramDigest;

/** Prints what differs between two lists, a line for each digest, and counts. */
final class PrintedDifference implements DifferenceVisitor {
    private final PrintWriter out;
    private long added;
    private long removed;

    PrintedDifference(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void added(ProgramDigest digest) {
        added++;
        out.println("+" + digest.hex());
    }

    @Override
    public void removed(ProgramDigest digest) {
        removed++;
        out.println("-" + digest.hex());
    }

    boolean isEmpty() {
        return added + removed == 0;
    }

    String summary() {
        return added + " added, " + removed + " removed";
    }
}
