package org.bpfgate.integrity.hash.index.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What is sorted to make an index: a digest of {@value #DIGEST} bytes and the key of a name, zeros for no name. A digest with
 * several names has several records.
 */
final class IndexRecord {
    /** Bytes in a digest (SHA-256, FIPS 180-4). */
    static final int DIGEST = 32;

    /** Bytes in a record. */
    static final int SIZE = DIGEST + NameKey.SIZE;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private IndexRecord() {}

    /** Returns eight bytes; read without sign, such numbers have the order of the bytes. */
    static long word(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }

    /** Compares digest and name. */
    static int compare(byte[] one, byte[] other) {
        int order = Long.compareUnsigned(word(one, 0), word(other, 0));
        return order != 0 ? order : Arrays.compareUnsigned(one, 0, SIZE, other, 0, SIZE);
    }

    static boolean hasSameDigest(byte[] one, byte[] other) {
        return word(one, 0) == word(other, 0) && Arrays.equals(one, 0, DIGEST, other, 0, DIGEST);
    }

    static boolean hasName(byte[] record) {
        return (word(record, DIGEST) | word(record, DIGEST + Long.BYTES)) != 0;
    }
}
