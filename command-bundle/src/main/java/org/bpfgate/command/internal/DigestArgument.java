package org.bpfgate.command.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.program.ProgramDigest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Digests on the command line. */
final class DigestArgument {
    private static final String PREFIX = "sha256:";

    private DigestArgument() {}

    /**
     * Reads digests, with or without the {@code sha256:} that reports put before them, in either case.
     *
     * @param command the one that was given them
     * @return them, each once, in their order
     * @throws ParameterException for what is not 64 hexadecimal digits
     */
    static Set<ProgramDigest> all(List<String> texts, CommandLine command) {
        Set<ProgramDigest> digests = new LinkedHashSet<>();
        for (String text : texts) {
            String digits = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
            try {
                digests.add(ProgramDigest.parse(digits));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        command, "expected DIGEST, 64 hexadecimal digits of a SHA-256 digest, but was '" + text + "'");
            }
        }
        return digests;
    }
}
