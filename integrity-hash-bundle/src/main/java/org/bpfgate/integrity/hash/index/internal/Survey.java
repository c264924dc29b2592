package org.bpfgate.integrity.hash.index.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What must be known of all records before the first one can be written: how many there are, and which names, in their order. For
 * one thread.
 */
final class Survey implements Closeable {
    private final RecordSorter names;
    private final RecentKeys recent = new RecentKeys();
    private final byte[] digest = new byte[IndexRecord.SIZE];
    private long digestCount;
    private long entryCount;
    private long nameCount;

    private Survey(Path directory, int runSize) {
        names = new RecordSorter(directory, NameKey.SIZE, runSize);
    }

    /**
     * Reads all records to their end; takes the cursor over.
     *
     * @param directory for what does not fit in memory
     */
    static Survey of(RecordCursor records, Path directory, int runSize) throws IOException {
        Survey survey = new Survey(directory, runSize);
        try (records) {
            while (records.advance()) {
                survey.add(records.head());
            }
            survey.countNames();
            return survey;
        } catch (IOException | RuntimeException e) {
            survey.close();
            throw e;
        }
    }

    private void add(byte[] record) throws IOException {
        if (entryCount == 0 || !IndexRecord.hasSameDigest(record, digest)) {
            digestCount++;
            System.arraycopy(record, 0, digest, 0, IndexRecord.DIGEST);
        }
        entryCount++;
        if (IndexRecord.hasName(record) && recent.isNew(record)) {
            names.add(Arrays.copyOfRange(record, IndexRecord.DIGEST, IndexRecord.SIZE));
        }
    }

    private void countNames() throws IOException {
        try (RecordCursor sorted = names()) {
            while (sorted.advance()) {
                nameCount++;
            }
        }
    }

    long digestCount() {
        return digestCount;
    }

    long entryCount() {
        return entryCount;
    }

    long nameCount() {
        return nameCount;
    }

    /** Returns the keys of all names, each once, in records that begin with them. */
    RecordCursor names() throws IOException {
        return new MergedRecords(names.runs());
    }

    @Override
    public void close() throws IOException {
        names.close();
    }
}
