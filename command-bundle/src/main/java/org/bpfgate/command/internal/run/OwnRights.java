package org.bpfgate.command.internal.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process, and so the command that it starts, may do with bpf(2). */
final class OwnRights {
    /** {@code CAP_SYS_ADMIN} and {@code CAP_BPF} of {@code include/uapi/linux/capability.h}, bit n for capability n. */
    private static final long BPF = 1L << 21 | 1L << 39;

    private static final String EFFECTIVE = "CapEff:";

    private OwnRights() {}

    /**
     * Returns whether none of the capabilities is there that let somebody use bpf(2).
     *
     * @param status {@code /proc/self/status}; one that cannot be read, or does not tell, is taken for that of a process that has them
     */
    static boolean lackBpf(Path status) {
        try {
            for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(EFFECTIVE)) {
                    return (Long.parseUnsignedLong(
                                            line.substring(EFFECTIVE.length()).strip(), 16)
                                    & BPF)
                            == 0;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return false;
        }
        return false;
    }
}
