package org.bpfgate.integrity.hash.index.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfgate.program.ProgramType;

/**
 * How the side table knows a name: by the SHA-256 of the type's name, a NUL and the name as a kernel keeps it. So the table has
 * the form of the table of digests, and its size does not depend on the lengths of names.
 */
final class NameKey {
    /** Bytes of a program's name that the kernel keeps: {@code BPF_OBJ_NAME_LEN} less the final NUL. */
    private static final int KERNEL_NAME_LENGTH = 15;

    private NameKey() {}

    /** Returns the 32 bytes. Names that reach a kernel are ASCII, so that characters are bytes. */
    static byte[] of(String name, ProgramType type) {
        String kept = name.length() > KERNEL_NAME_LENGTH ? name.substring(0, KERNEL_NAME_LENGTH) : name;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((type.label() + '\0' + kept).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
