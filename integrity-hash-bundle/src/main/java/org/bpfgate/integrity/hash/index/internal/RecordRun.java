package org.bpfgate.integrity.hash.index.internal;

import java.util.Arrays;

/** Up to {@value RecordSorter#RUN} records in memory, or as many of their first bytes as are not always zero. For one thread. */
final class RecordRun {
    /** Bits of an order key that tell which record it belongs to; the others are the record's first bits. */
    private static final int INDEX_BITS = 20;

    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    /** Records that a run has room for at first, so that a small list needs little memory. */
    private static final int FIRST = 1 << 12;

    private final int width;
    private final int capacity;
    private byte[] records;
    private int size;

    /**
     * Makes an empty run.
     *
     * @param width bytes kept of each record
     * @param capacity records in a full run
     */
    RecordRun(int width, int capacity) {
        if (capacity < 1 || capacity > RecordSorter.RUN) {
            throw new IllegalArgumentException("a run has 1 to 2^20 records, not " + capacity);
        }
        this.width = width;
        this.capacity = capacity;
        records = new byte[Math.min(FIRST, capacity) * width];
    }

    boolean isFull() {
        return size == capacity;
    }

    void clear() {
        size = 0;
    }

    /** Adds a record; copies it. */
    void add(byte[] record) {
        int start = size * width;
        if (start == records.length) {
            records = Arrays.copyOf(records, (int) Math.min(2L * start, (long) capacity * width));
        }
        System.arraycopy(record, 0, records, start, width);
        size++;
    }

    /**
     * Returns the records in ascending order; none may be added while the cursor is in use. Numbers are sorted and not arrays,
     * which needs no object for each record.
     */
    RecordCursor sorted() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            // The sort is by sign, records have none: the flipped first bit makes the two orders one.
            keys[i] = ((IndexRecord.word(records, i * width) ^ Long.MIN_VALUE) & ~INDEX_MASK) | i;
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
        return Arrays.compareUnsigned(records, a, a + width, records, b, b + width);
    }

    private int offset(long key) {
        return (int) (key & INDEX_MASK) * width;
    }

    /** Goes through the sorted keys. */
    private final class Cursor implements RecordCursor {
        private final long[] keys;
        private final byte[] head = new byte[IndexRecord.SIZE];
        private int next;

        Cursor(long[] keys) {
            this.keys = keys;
        }

        @Override
        public boolean advance() {
            if (next == keys.length) {
                return false;
            }
            System.arraycopy(records, offset(keys[next++]), head, 0, width);
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
