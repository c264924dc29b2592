package org.bpfgate.integrity.hash.internal.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bpfgate.integrity.hash.internal.record.IndexRecord;

/** Writes a table: the records and, beside them in the same file, its directory. For one thread. */
final class TableWriter {
    private final TableLayout layout;
    private final BlockOutput directory;
    private final BlockOutput records;
    private int buckets;
    private int count;

    TableWriter(FileChannel channel, TableLayout layout) {
        this.layout = layout;
        directory = new BlockOutput(channel, layout.firstBlock());
        records = new BlockOutput(channel, layout.recordBlock());
    }

    /**
     * Adds a record.
     *
     * @param key begins with the bytes of the key, which is greater than the ones before it or equal
     * @param value the number that goes with it, if the layout has room for one
     */
    void add(byte[] key, long value) throws IOException {
        beginBuckets(layout.bucketOf(IndexRecord.word(key, 0)));
        ByteBuffer record = records.room(layout.recordBytes()).put(key, layout.dropped(), layout.storedBytes());
        for (int shift = (layout.valueBytes() - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            record.put((byte) (value >>> shift));
        }
        count++;
    }

    /** Says that the next record is the first one of all buckets up to this one that have not begun. */
    private void beginBuckets(int last) throws IOException {
        while (buckets <= last) {
            directory.room(Integer.BYTES).putInt(count);
            buckets++;
        }
    }

    /**
     * Ends the table.
     *
     * @throws IOException also when there were not as many records as the layout has
     */
    void finish() throws IOException {
        if (count != layout.count()) {
            throw new IOException("an input has changed while it was read");
        }
        if (count > 0) {
            beginBuckets(layout.buckets());
        }
        directory.finish();
        records.finish();
    }
}
