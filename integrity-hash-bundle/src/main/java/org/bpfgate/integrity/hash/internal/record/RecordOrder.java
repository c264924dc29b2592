package org.bpfgate.integrity.hash.internal.record;

import java.util.Arrays;

/**
 * Sorts records by sorting numbers, which needs no object for each record: the first bits of a record, and then its place among
 * the others.
 */
final class RecordOrder {
    private static final long PLACE = RecordSorter.RUN - 1;

    private final byte[] source;
    private final int from;
    private final int width;
    private final long[] keys;

    private RecordOrder(byte[] source, int from, int to, int width) {
        this.source = source;
        this.from = from;
        this.width = width;
        keys = new long[(to - from) / width];
    }

    /**
     * Copies records in ascending order.
     *
     * @param from the index of their first byte in the source; they come to the same place in the target
     * @param to the index behind their last byte
     * @param width bytes of each, eight at least; at most {@value RecordSorter#RUN} records
     */
    static void copySorted(byte[] source, byte[] target, int from, int to, int width) {
        RecordOrder order = new RecordOrder(source, from, to, width);
        order.sort();
        order.copy(target);
    }

    private void sort() {
        for (int i = 0; i < keys.length; i++) {
            // The sort is by sign, records have none: the flipped first bit makes the two orders one.
            keys[i] = ((IndexRecord.word(source, from + i * width) ^ Long.MIN_VALUE) & ~PLACE) | i;
        }
        Arrays.sort(keys);
        int start = 0;
        for (int end = 1; end <= keys.length; end++) {
            if (end == keys.length || (keys[end] & ~PLACE) != (keys[start] & ~PLACE)) {
                if (end - start > 1) {
                    sortWhole(start, end);
                }
                start = end;
            }
        }
    }

    /** Sorts records whose first bits are equal. */
    private void sortWhole(int start, int end) {
        Long[] equal = new Long[end - start];
        Arrays.setAll(equal, i -> keys[start + i]);
        Arrays.sort(equal, this::compare);
        for (int i = start; i < end; i++) {
            keys[i] = equal[i - start];
        }
    }

    private int compare(long one, long other) {
        int a = index(one);
        int b = index(other);
        return Arrays.compareUnsigned(source, a, a + width, source, b, b + width);
    }

    private int index(long key) {
        return from + (int) (key & PLACE) * width;
    }

    private void copy(byte[] target) {
        int at = from;
        for (long key : keys) {
            System.arraycopy(source, index(key), target, at, width);
            at += width;
        }
    }
}
