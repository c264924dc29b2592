package org.bpfgate.command.internal.allowlist;

import java.io.PrintWriter;
import org.bpfgate.allowlist.DifferenceVisitor;
import org.bpfgate.allowlist.ListedKind;

/** Prints what differs between two lists while it is found, so that its memory does not grow with it, and counts. */
abstract class AllowlistDifference implements DifferenceVisitor {
    final PrintWriter out;
    private long added;
    private long removed;

    AllowlistDifference(PrintWriter out) {
        this.out = out;
    }

    /** Makes one that prints a line for each difference, or one JSON object. */
    static AllowlistDifference on(PrintWriter out, boolean json) {
        return json ? new JsonDifference(out) : new PrintedDifference(out);
    }

    @Override
    public final void added(ListedKind kind) {
        added++;
        print(kind, true);
    }

    @Override
    public final void removed(ListedKind kind) {
        removed++;
        print(kind, false);
    }

    final boolean isEmpty() {
        return count() == 0;
    }

    final long count() {
        return added + removed;
    }

    final long added() {
        return added;
    }

    final long removed() {
        return removed;
    }

    /** Prints one difference, which is counted already. */
    abstract void print(ListedKind kind, boolean isNew);

    /** Prints what comes at the end, under the name of the list that would change. */
    abstract void summary(String list);

    /** Prints what comes at the end when two lists are compared and none changes. */
    abstract void end();
}
