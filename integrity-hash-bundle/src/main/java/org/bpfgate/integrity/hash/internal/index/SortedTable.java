package org.bpfgate.integrity.hash.internal.index;

import org.bpfgate.integrity.hash.internal.record.IndexRecord;

/**
 * A table that is read, see {@link TableLayout}. The directory leads to the few records of one bucket. Keys are spread evenly, so
 * the place of one among them is estimated from its value (interpolation search), and is rarely far away. Keys that
 * somebody chose so that guesses fail fill one bucket, where they are found by halving. Immutable; safe for use by several threads.
 */
final class SortedTable {
    /** So many records are searched one after the other: they lie in few cache lines, and the guess was good. */
    private static final int NEAR = 32;

    private final MappedBlocks blocks;
    private final TableLayout layout;
    private final Directory directory;
    private final long recordBlock;
    private final int perBlock;
    private final int recordBytes;
    private final int storedBytes;

    SortedTable(MappedBlocks blocks, TableLayout layout) {
        this.blocks = blocks;
        this.layout = layout;
        directory = new Directory(blocks, layout);
        recordBlock = layout.recordBlock();
        perBlock = layout.recordsPerBlock();
        recordBytes = layout.recordBytes();
        storedBytes = layout.storedBytes();
    }

    /**
     * Looks a key up.
     *
     * @param bytes hold the key
     * @param at where it begins in them
     * @return the position of a record that has it, counted from 0; -1 when there is none
     * @throws DamagedIndexException when a block on the way to it is damaged, or the file was cut short
     */
    int find(byte[] bytes, int at) {
        return find(bytes, at, storedBytes);
    }

    /**
     * Looks the beginning of a key up.
     *
     * @param bytes hold it
     * @param at where it begins in them
     * @param length bytes of it behind those that are not stored, eight at least
     * @return the position of a record that begins so, counted from 0; -1 when there is none
     * @throws DamagedIndexException when a block on the way to it is damaged, or the file was cut short
     */
    int find(byte[] bytes, int at, int length) {
        if (layout.count() == 0) {
            return -1;
        }
        try {
            return findInBucket(bytes, at, length);
        } catch (InternalError e) {
            throw cutShort(e);
        }
    }

    private int findInBucket(byte[] bytes, int at, int length) {
        long first = IndexRecord.word(bytes, at);
        int bucket = layout.bucketOf(first);
        int low = directory.start(bucket);
        int end = directory.start(bucket + 1);
        // The bits that tell the bucket say nothing about the place in it; those behind them do.
        int guess = low + (int) Math.unsignedMultiplyHigh(first << layout.bucketBits(), Math.max(0, end - low));
        return search(low, end - 1, guess, bytes, at + layout.dropped(), length);
    }

    private int search(int from, int to, int guess, byte[] bytes, int at, int length) {
        int low = from;
        int high = to;
        int position = guess;
        while (low <= high) {
            int order = compare(position, bytes, at, length);
            if (order == 0) {
                return position;
            }
            if (order < 0) {
                low = position + 1;
            } else {
                high = position - 1;
            }
            position = high - low >= NEAR ? (low + high) >>> 1 : order < 0 ? low : high;
        }
        return -1;
    }

    /** Compares what is stored of a key with the same part of another, by words; the last one overlaps the one before it. */
    private int compare(int position, byte[] bytes, int at, int length) {
        long block = block(position);
        int start = start(position);
        int last = length - Long.BYTES;
        int word = 0;
        while (true) {
            int order = Long.compareUnsigned(blocks.getLong(block, start + word), IndexRecord.word(bytes, at + word));
            if (order != 0 || word == last) {
                return order;
            }
            word = Math.min(word + Long.BYTES, last);
        }
    }

    /**
     * Returns the positions of all records that have a key; they lie side by side in one bucket.
     *
     * @param found one that has it
     * @param bytes hold the key
     * @param at where it begins in them
     * @throws DamagedIndexException when a block on the way to them is damaged, or the file was cut short
     */
    IntRange all(int found, byte[] bytes, int at) {
        try {
            return allInBucket(found, bytes, at);
        } catch (InternalError e) {
            throw cutShort(e);
        }
    }

    private IntRange allInBucket(int found, byte[] bytes, int at) {
        int bucket = layout.bucketOf(IndexRecord.word(bytes, at));
        int low = directory.start(bucket);
        int high = directory.start(bucket + 1);
        int stored = at + layout.dropped();
        int first = found;
        while (first > low && compare(first - 1, bytes, stored, storedBytes) == 0) {
            first--;
        }
        int end = found + 1;
        while (end < high && compare(end, bytes, stored, storedBytes) == 0) {
            end++;
        }
        return new IntRange(first, end);
    }

    /**
     * Positions that lie side by side.
     *
     * @param first the first one
     * @param end the one behind the last
     */
    record IntRange(int first, int end) {}

    private long block(int position) {
        return recordBlock + position / perBlock;
    }

    private int start(int position) {
        return position % perBlock * recordBytes;
    }

    /** Copies what is stored of the key at a position, which must be one of the table. */
    void copyStored(int position, byte[] target, int offset) {
        blocks.copy(block(position), start(position), target, offset, storedBytes);
    }

    /** Returns the number behind the key at a position, which must be one of the table. */
    long value(int position) {
        byte[] bytes = new byte[Long.BYTES];
        int length = layout.valueBytes();
        blocks.copy(block(position), start(position) + storedBytes, bytes, Long.BYTES - length, length);
        return IndexRecord.word(bytes, 0);
    }

    TableLayout layout() {
        return layout;
    }

    Directory directory() {
        return directory;
    }

    /** Makes the error for a file that has lost its end, see {@link MappedBlocks}. */
    DamagedIndexException cutShort(InternalError cause) {
        return blocks.cutShort(cause);
    }

    /** Makes the error for content that no writer of an index makes. */
    DamagedIndexException damaged(String what) {
        return blocks.damaged(what);
    }
}
