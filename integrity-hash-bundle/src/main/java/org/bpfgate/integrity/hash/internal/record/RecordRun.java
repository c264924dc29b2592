package org.bpfgate.integrity.hash.internal.record;

import java.util.Arrays;

/**
 * Up to {@value RecordSorter#RUN} records in memory, or as many of their first bytes as are not always zero. For one thread.
 *
 * <p>A full run is larger than the caches of a processor, so that fetching its records in ascending order would wait for memory
 * once for each. They are first moved to their part of the run by their first byte, which writes each of the 256 parts from its
 * beginning to its end; a part fits in a cache, and there {@link RecordOrder} sorts it.
 */
final class RecordRun {
    private static final int PARTS = 1 << Byte.SIZE;

    /** Records that a run has room for at first, so that a small list needs little memory. */
    private static final int FIRST = 1 << 12;

    private final int width;
    private final int capacity;
    private byte[] records;
    private byte[] scratch = new byte[0];
    private int size;
    private boolean sorted;

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
        sorted = false;
    }

    /** Returns an array that begins with the records in ascending order, {@link #bytes} bytes; the next record changes it. */
    byte[] sorted() {
        if (!sorted) {
            sort();
            sorted = true;
        }
        return records;
    }

    /** Returns how many bytes all records have. */
    int bytes() {
        return size * width;
    }

    private void sort() {
        if (scratch.length < bytes()) {
            scratch = new byte[records.length];
        }
        int[] starts = starts();
        int[] next = starts.clone();
        for (int at = 0; at < bytes(); at += width) {
            int part = records[at] & 0xff;
            System.arraycopy(records, at, scratch, next[part], width);
            next[part] += width;
        }
        for (int part = 0; part < PARTS; part++) {
            RecordOrder.copySorted(scratch, records, starts[part], next[part], width);
        }
    }

    /** Returns where each part begins. */
    private int[] starts() {
        int[] lengths = new int[PARTS];
        for (int at = 0; at < bytes(); at += width) {
            lengths[records[at] & 0xff] += width;
        }
        int[] starts = new int[PARTS];
        for (int part = 1; part < PARTS; part++) {
            starts[part] = starts[part - 1] + lengths[part - 1];
        }
        return starts;
    }
}
