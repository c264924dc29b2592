package org.bpfgate.command.internal.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.gate.SkeletonLoader;
import org.bpfgate.command.internal.list.EntryKey;
import org.bpfgate.command.internal.list.TextList;
import org.bpfgate.command.internal.program.Helpers;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** The lines that {@code learn} writes about loads. */
final class LearnedLine {
    private static final Pattern COMMENT =
            Pattern.compile("# (?:feature probe \\S+|(?:refused by|left to) the kernel [^:]+, not listed):"
                    + " sha256:([0-9a-f]{64}) type=(\\w+)(?: attach=(\\S+))?, .*");

    /** What stands above the entry of a program that loads programs, with a line feed. */
    static final String LOADER = "# The next one: " + SkeletonLoader.WARNING + ".\n";

    private LearnedLine() {}

    /** Reads a comment about a program that is not listed; empty for any other line. */
    static Optional<EntryKey> commented(String line) {
        Matcher matcher = COMMENT.matcher(line);
        return matcher.matches()
                ? Optional.of(new EntryKey(
                        matcher.group(1),
                        matcher.group(2),
                        Optional.ofNullable(matcher.group(3)).orElse("")))
                : Optional.empty();
    }

    /** Returns what makes loads one entry. */
    static EntryKey key(ProgramLoad load) {
        BpfProgram program = load.program();
        return new EntryKey(
                program.instructions().digest().orElseThrow().hex(),
                program.type().label(),
                attach(load));
    }

    /** Returns the entry of a program, with a line feed. */
    static String entry(EntryKey key, ProgramLoad load) {
        return key.digest() + "  " + name(load) + " # type=" + key.type() + attach(key) + " source=" + source(load)
                + "\n";
    }

    /** Returns the comment that tells a feature probe, with a line feed: bpf_probe=TRUE lets it in, not the list. */
    static String probe(EntryKey key, String probe, ProgramLoad load) {
        return "# feature probe " + TextList.printable(probe) + ": sha256:" + key.digest() + " type=" + key.type()
                + attach(key) + ", " + source(load) + "\n";
    }

    /** Returns the comment that tells what was not seen to be loaded, and why, with a line feed. */
    static String leftOut(EntryKey key, String reason, ProgramLoad load) {
        return "# " + reason + ", not listed: sha256:" + key.digest() + " type=" + key.type() + attach(key) + ", "
                + source(load) + "\n";
    }

    private static String attach(EntryKey key) {
        return key.attach().isEmpty() ? "" : " attach=" + key.attach();
    }

    private static String name(ProgramLoad load) {
        String name = load.program().name();
        return name.isEmpty() ? TextList.UNNAMED : TextList.printable(name);
    }

    /** An attach type of 0 is told only where it is one: it is also what a load has that sets none. */
    private static String attach(ProgramLoad load) {
        ProgramType type = load.program().type();
        int attach = load.attachType();
        Optional<String> target = load.attributes()
                .attachTarget()
                .name()
                .filter(name -> TextList.printable(name).equals(name));
        if (type == ProgramType.STRUCT_OPS && target.isPresent()) {
            return new ListedAttach(ListedAttach.MEMBER, target).text(type);
        }
        boolean isSet = attach != 0 || type == ProgramType.CGROUP_SKB || type == ProgramType.STRUCT_OPS;
        return isSet && attach >= 0 && attach <= ListedAttach.MAX_TYPE
                ? new ListedAttach(attach, target).text(type)
                : "";
    }

    /** How the program came, for whoever reviews the list. */
    private static String source(ProgramLoad load) {
        String client = load.client().isPresent()
                ? TextList.printable(load.client().get().comm())
                : "?";
        return "loaded by " + client + ", "
                + Count.of(load.program().instructions().count(), "instruction") + ", helpers "
                + Helpers.of(load.program().instructions());
    }
}
