package org.bpfgate.command.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Collects the programs that a command loads, each program, type and way of attaching once, as the lines of an allowlist. Known probes of the kernel are left
 * out: a policy knows them by a word of its own. Safe for use by several threads.
 */
final class LearnedPrograms implements MediationListener {
    /** A list needs a name in each line; the digest alone decides. */
    private static final String UNNAMED = "(unnamed)";

    private final Set<String> lines = new LinkedHashSet<>();
    private int loads;

    @Override
    public synchronized void mediated(MediationRecord mediated) {
        if (mediated.load().isPresent()) {
            loads++;
            if (mediated.load().get().probe().isPresent()) {
                return;
            }
            ProgramLoad load = mediated.load().get();
            lines.add(line(load.program().instructions().digest().orElseThrow(), load));
        }
    }

    private static String line(ProgramDigest digest, ProgramLoad load) {
        BpfProgram program = load.program();
        String name = program.name().isEmpty() ? UNNAMED : printable(program.name());
        return digest.hex() + "  " + name + " # type=" + program.type().label() + attach(load) + " source="
                + source(load);
    }

    /** An attach type of 0 is told only where it is one: it is also what a load has that sets none. */
    private static String attach(ProgramLoad load) {
        ProgramType type = load.program().type();
        int attach = load.attachType();
        if ((attach == 0 && type != ProgramType.CGROUP_SKB) || attach < 0 || attach > ListedAttach.MAX_TYPE) {
            return "";
        }
        Optional<String> target = load.attributes()
                .attachTarget()
                .name()
                .filter(name -> printable(name).equals(name));
        return " attach=" + new ListedAttach(attach, target).text(type);
    }

    /** How the program came, for whoever reviews the list. */
    private static String source(ProgramLoad load) {
        String client =
                load.client().isPresent() ? printable(load.client().get().comm()) : "?";
        return "loaded by " + client + ", " + load.program().instructions().count() + " instructions, helpers "
                + Helpers.of(load.program().instructions());
    }

    /** Lists are text without control characters. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c > ' ' && c < 0x7f && c != '#' ? c : '_');
        }
        return clean.toString();
    }

    /**
     * Writes the list, and a policy that lets in what it names.
     *
     * @param list the file; null for standard error, and no policy
     */
    synchronized void write(@Nullable Path list, Console console) throws InputException {
        String text = text();
        if (list == null) {
            console.lines(text);
            return;
        }
        Path policy = Path.of(list + ".ipe");
        write(list, text);
        write(policy, policy());
        console.error("learned " + lines.size() + " programs from " + loads + " loads; look through " + list + " and "
                + policy);
    }

    private static void write(Path file, String text) throws InputException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written: " + e.getMessage());
        }
    }

    private String text() {
        StringBuilder text =
                new StringBuilder("# Programs that \"bpfgate learn\" saw. Remove what should not be let in.\n");
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static String policy() {
        return """
                # dialect: bpfgate
                #
                # Proposed by "bpfgate learn": what the allowlist names and libbpf's
                # probes of the kernel may be loaded, nothing else.
                policy_name=learned policy_version=1.0.0
                DEFAULT action=DENY
                op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW
                op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
                """;
    }
}
