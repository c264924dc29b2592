package org.bpfgate.command.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.program.ProgramDigest;

/** Digests on the command line. */
final class DigestArgument {
    private static final String PREFIX = "sha256:";

    private DigestArgument() {}

    /**
     * Reads digests, with or without the {@code sha256:} that reports put before them.
     *
     * @return them, each once, in their order
     * @throws InputException for what is not 64 hexadecimal digits
     */
    static Set<ProgramDigest> all(List<String> texts) throws InputException {
        Set<ProgramDigest> digests = new LinkedHashSet<>();
        for (String text : texts) {
            String digits = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
            try {
                digests.add(ProgramDigest.parse(digits));
            } catch (IllegalArgumentException e) {
                throw new InputException(text + ": is not a SHA-256 digest of 64 hexadecimal digits");
            }
        }
        return digests;
    }
}
