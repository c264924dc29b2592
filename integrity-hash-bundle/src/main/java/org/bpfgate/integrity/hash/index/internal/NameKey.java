package org.bpfgate.integrity.hash.index.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * How the side table knows a name: by the first half of the SHA-256 of the type's name, a NUL and the name as a kernel keeps it. The
 * first half of the program's digest follows, so that a name goes with the last digest that has it. The table has
 * the form of the table of digests, and its size does not depend on the lengths of names.
 */
final class NameKey {
    /** Bytes of a program's name that the kernel keeps: {@code BPF_OBJ_NAME_LEN} less the final NUL. */
    private static final int KERNEL_NAME_LENGTH = 15;

    /** Bytes of either half: what nobody finds a second name or digest for. */
    private static final int HALF = Block.DIGEST / 2;

    private NameKey() {}

    /** Returns the 32 bytes in the table. */
    static byte[] of(String name, ProgramType type, ProgramDigest digest) {
        byte[] key = Arrays.copyOf(of(name, type), Block.DIGEST);
        System.arraycopy(digest.toByteArray(), 0, key, HALF, HALF);
        return key;
    }

    /** Returns what a digest adds to the keys of its names. */
    static ByteBuffer digestHalf(ProgramDigest digest) {
        return ByteBuffer.wrap(digest.toByteArray(), 0, HALF);
    }

    /** Returns the same out of a key in the table; it changes with the key. */
    static ByteBuffer digestHalf(byte[] key) {
        return ByteBuffer.wrap(key, HALF, HALF);
    }

    /** Returns the 16 bytes that all keys of a name begin with. Names that reach a kernel are ASCII, so that characters are bytes. */
    static byte[] of(String name, ProgramType type) {
        String kept = name.length() > KERNEL_NAME_LENGTH ? name.substring(0, KERNEL_NAME_LENGTH) : name;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Arrays.copyOf(sha256.digest((type.label() + '\0' + kept).getBytes(StandardCharsets.UTF_8)), HALF);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
