package org.bpfgate.integrity.hash.internal.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bpfgate.program.ProgramType;

/**
 * How an index knows a name: eight bytes of the SHA-256 of the type's name, a NUL and the name as a kernel keeps it, and the second
 * eight bytes of the SHA-256 of the same with the whole name. For a name that a kernel does not cut that is the first half of one digest, which is
 * also what an index of version 1 has for every name. All keys have one size and are evenly spread, whatever the names are.
 */
public final class NameKey {
    /** Bytes in a key. A false match makes "never listed" into "listed digest differs", both of which let nothing in. */
    public static final int SIZE = 16;

    /** Bytes of a key that names have in common which a kernel cuts to the same. */
    public static final int KEPT = 8;

    private NameKey() {}

    /** Returns the {@value #SIZE} bytes of the key. */
    public static byte[] of(String name, ProgramType type) {
        String kept = NameMatch.kept(name);
        byte[] key = Arrays.copyOf(sha256(type.label() + '\0' + kept), SIZE);
        if (kept.length() < name.length()) {
            System.arraycopy(sha256(type.label() + '\0' + name), KEPT, key, KEPT, SIZE - KEPT);
        }
        return key;
    }

    /** Returns the SHA-256 of a text. */
    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
