package org.bpfgate.integrity.hash.index.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bpfgate.program.ProgramType;

/**
 * How an index knows a name: by the first half of the SHA-256 of the type's name, a NUL and the name as a kernel keeps it. All
 * keys have one size and are evenly spread, whatever the names are.
 */
final class NameKey {
    /** Bytes in a key: what nobody finds a second name for. */
    static final int SIZE = 16;

    /** Bytes of a program's name that the kernel keeps: {@code BPF_OBJ_NAME_LEN} less the final NUL. */
    private static final int KERNEL_NAME_LENGTH = 15;

    private NameKey() {}

    /** Returns the {@value #SIZE} bytes of the key. Names that reach a kernel are ASCII, so that characters are bytes. */
    static byte[] of(String name, ProgramType type) {
        String kept = name.length() > KERNEL_NAME_LENGTH ? name.substring(0, KERNEL_NAME_LENGTH) : name;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Arrays.copyOf(sha256.digest((type.label() + '\0' + kept).getBytes(StandardCharsets.UTF_8)), SIZE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
