package org.bpfgate.integrity.hash.internal.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What must be known of all records before the first one can be written: how many there are, and which facts, in their order. For
 * one thread.
 */
public final class IndexStatistics implements Closeable {
    private final RecordSorter facts;
    private final RecentKeys recent = new RecentKeys();
    private final byte[] digest = new byte[IndexRecord.SIZE];
    private long digestCount;
    private long entryCount;
    private long untypedCount;
    private long factCount;

    private IndexStatistics(Path directory, int runSize) {
        facts = new RecordSorter(directory, EntryFacts.SIZE, runSize);
    }

    /**
     * Reads all records to their end; takes the cursor over.
     *
     * @param directory for what does not fit in memory
     */
    public static IndexStatistics of(RecordCursor records, Path directory, int runSize) throws IOException {
        IndexStatistics statistics = new IndexStatistics(directory, runSize);
        try (records) {
            while (records.advance()) {
                statistics.add(records.head());
            }
            statistics.countFacts();
            return statistics;
        } catch (IOException | RuntimeException e) {
            statistics.close();
            throw e;
        }
    }

    private void add(byte[] record) throws IOException {
        if (entryCount == 0 || !IndexRecord.hasSameDigest(record, digest)) {
            digestCount++;
            System.arraycopy(record, 0, digest, 0, IndexRecord.DIGEST);
        }
        entryCount++;
        untypedCount += EntryFacts.isUntyped(record, IndexRecord.DIGEST) ? 1 : 0;
        if (IndexRecord.hasFacts(record) && recent.isNew(record)) {
            facts.add(Arrays.copyOfRange(record, IndexRecord.DIGEST, IndexRecord.SIZE));
        }
    }

    private void countFacts() throws IOException {
        try (RecordCursor sorted = facts()) {
            while (sorted.advance()) {
                factCount++;
            }
        }
    }

    public long digestCount() {
        return digestCount;
    }

    public long entryCount() {
        return entryCount;
    }

    public long untypedCount() {
        return untypedCount;
    }

    public long factCount() {
        return factCount;
    }

    /** Returns the facts of all entries, each once, in records that begin with them. */
    public RecordCursor facts() throws IOException {
        return new MergedRecords(facts.runs());
    }

    @Override
    public void close() throws IOException {
        facts.close();
    }
}
