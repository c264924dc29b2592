package org.bpfgate.command.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * Collects the programs that a command loads, each digest once, as the lines of an allowlist. Known probes of the kernel are left
 * out: a policy knows them by a word of its own. Safe for use by several threads.
 */
final class LearnedPrograms implements MediationListener {
    /** A list needs a name in each line; the digest alone decides. */
    private static final String UNNAMED = "(unnamed)";

    private final Map<ProgramDigest, String> lines = new LinkedHashMap<>();
    private int loads;

    @Override
    public synchronized void mediated(MediationRecord mediated) {
        if (mediated.load().isPresent()) {
            loads++;
            if (mediated.load().get().probe().isPresent()) {
                return;
            }
            ProgramLoad load = mediated.load().get();
            lines.computeIfAbsent(load.program().instructions().digest().orElseThrow(), digest -> line(digest, load));
        }
    }

    private static String line(ProgramDigest digest, ProgramLoad load) {
        BpfProgram program = load.program();
        String name = program.name().isEmpty() ? UNNAMED : printable(program.name());
        return digest.hex() + "  " + name + " # type=" + program.type().label() + " source=" + source(load);
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
        for (String line : lines.values()) {
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
