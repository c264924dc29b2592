package org.bpfgate.integrity.hash.internal.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is sorted to make an index: a digest of {@value #DIGEST} bytes and the facts of an entry ({@link EntryFacts}), zeros for
 * none. A digest with several entries has several records.
 */
public final class IndexRecord {
    /** Bytes in a digest (SHA-256, FIPS 180-4). */
    public static final int DIGEST = 32;

    /** Bytes in a record. */
    public static final int SIZE = DIGEST + EntryFacts.SIZE;

    private IndexRecord() {}

    /**
     * Returns eight bytes; read without sign, such numbers have the order of the bytes. A variable handle would do the same, but
     * its first use costs more than opening an index; compiled code makes no buffer.
     */
    public static long word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getLong(at);
    }

    /** Compares digest and facts. */
    public static int compare(byte[] one, byte[] other) {
        int order = Long.compareUnsigned(word(one, 0), word(other, 0));
        return order != 0 ? order : Arrays.compareUnsigned(one, 0, SIZE, other, 0, SIZE);
    }

    public static boolean hasSameDigest(byte[] one, byte[] other) {
        return word(one, 0) == word(other, 0) && Arrays.equals(one, 0, DIGEST, other, 0, DIGEST);
    }

    public static boolean hasFacts(byte[] record) {
        long bits = 0;
        for (int at = DIGEST; at < SIZE; at += Long.BYTES) {
            bits |= word(record, at);
        }
        return bits != 0;
    }
}
