package org.bpfgate.integrity.hash.index.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Up to {@value DigestSorter#RUN} digests in memory. For one thread. */
final class DigestRun {
    /** Bits of an order key that tell which digest it belongs to; the others are the digest's first bits. */
    private static final int INDEX_BITS = 20;

    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private final ByteBuffer digests;
    private int size;

    DigestRun(int capacity) {
        if (capacity < 1 || capacity > DigestSorter.RUN) {
            throw new IllegalArgumentException("a run has 1 to 2^20 digests, not " + capacity);
        }
        digests = ByteBuffer.allocate(capacity * Block.DIGEST);
    }

    boolean isFull() {
        return !digests.hasRemaining();
    }

    void add(byte[] digest) {
        digests.put(digest, 0, Block.DIGEST);
        size++;
    }

    /** Returns the digests in ascending order. Numbers are sorted and not arrays, which needs no object for each digest. */
    DigestCursor sorted() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            // The sort is by sign, digests have none: the flipped first bit makes the two orders one.
            keys[i] = ((digests.getLong(i * Block.DIGEST) ^ Long.MIN_VALUE) & ~INDEX_MASK) | i;
        }
        Arrays.sort(keys);
        sortEqualPrefixes(keys);
        return new Cursor(keys);
    }

    private void sortEqualPrefixes(long[] keys) {
        int start = 0;
        for (int end = 1; end <= keys.length; end++) {
            if (end == keys.length || (keys[end] & ~INDEX_MASK) != (keys[start] & ~INDEX_MASK)) {
                if (end - start > 1) {
                    sortWhole(keys, start, end);
                }
                start = end;
            }
        }
    }

    private void sortWhole(long[] keys, int start, int end) {
        Long[] equal = new Long[end - start];
        Arrays.setAll(equal, i -> keys[start + i]);
        Arrays.sort(equal, this::compareWhole);
        for (int i = start; i < end; i++) {
            keys[i] = equal[i - start];
        }
    }

    private int compareWhole(long one, long other) {
        int a = offset(one);
        int b = offset(other);
        return Arrays.compareUnsigned(digests.array(), a, a + Block.DIGEST, digests.array(), b, b + Block.DIGEST);
    }

    private static int offset(long key) {
        return (int) (key & INDEX_MASK) * Block.DIGEST;
    }

    /** Goes through the sorted keys. */
    private final class Cursor implements DigestCursor {
        private final long[] keys;
        private final byte[] head = new byte[Block.DIGEST];
        private int next;

        Cursor(long[] keys) {
            this.keys = keys;
        }

        @Override
        public boolean advance() {
            if (next == keys.length) {
                return false;
            }
            digests.get(offset(keys[next++]), head);
            return true;
        }

        @Override
        public byte[] head() {
            return head;
        }

        @Override
        public void close() {}
    }
}
