package org.bpfgate.command.internal.allowlist;

import java.io.PrintWriter;
import org.bpfgate.allowlist.ListedKind;

/** A difference for people, and for tools that read lines: the digits with a sign before them, and what they are listed for. */
final class PrintedDifference extends AllowlistDifference {
    PrintedDifference(PrintWriter out) {
        super(out);
    }

    @Override
    void print(ListedKind kind, boolean isNew) {
        out.println((isNew ? "+" : "-") + kind.digest().hex() + kindText(kind));
    }

    private static String kindText(ListedKind kind) {
        if (kind.type() == null) {
            return "";
        }
        return "  type=" + kind.type() + (kind.attach() == null ? "" : " attach=" + kind.attach());
    }

    @Override
    void summary(String list) {
        out.println(list + ": " + added() + " added, " + removed() + " removed");
    }

    @Override
    void end() {}
}
