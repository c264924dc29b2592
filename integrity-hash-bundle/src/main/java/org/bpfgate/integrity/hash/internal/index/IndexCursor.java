package org.bpfgate.integrity.hash.internal.index;

import java.util.Arrays;
import org.bpfgate.integrity.hash.internal.record.IndexRecord;
import org.bpfgate.integrity.hash.internal.record.RecordCursor;

/** Reads an index from its beginning; each block is checked on the way, and so is the order. For one thread. */
final class IndexCursor implements RecordCursor {
    private final SortedTable entries;
    private final SortedTable facts;
    private final byte[] head = new byte[IndexRecord.SIZE];
    private final byte[] before = new byte[IndexRecord.SIZE];
    private int next;
    private int bucket = -1;
    private int bucketEnd;

    IndexCursor(SortedTable entries, SortedTable facts) {
        this.entries = entries;
        this.facts = facts;
    }

    /** @throws DamagedIndexException when a block is damaged, or the index has records that no writer of an index makes */
    @Override
    public boolean advance() {
        if (next == entries.layout().count()) {
            return false;
        }
        System.arraycopy(head, 0, before, 0, head.length);
        try {
            read();
        } catch (InternalError e) {
            throw entries.cutShort(e);
        }
        if (next > 0 && IndexRecord.compare(before, head) >= 0) {
            throw entries.damaged("its digests are not in ascending order");
        }
        next++;
        return true;
    }

    private void read() {
        restoreDropped();
        entries.copyStored(next, head, entries.layout().dropped());
        readFacts();
    }

    /** Writes the first bytes of the digest, which its bucket tells. */
    private void restoreDropped() {
        int last = entries.layout().buckets() - 1;
        while (bucket < 0 || (bucketEnd <= next && bucket < last)) {
            bucket++;
            bucketEnd = entries.directory().start(bucket + 1);
        }
        for (int i = 0; i < entries.layout().dropped(); i++) {
            head[i] = (byte) (bucket >>> (entries.layout().bucketBits() - Byte.SIZE * (i + 1)));
        }
    }

    private void readFacts() {
        long number = entries.value(next);
        if (number > facts.layout().count()) {
            throw entries.damaged("it refers to facts that it does not have");
        }
        if (number == 0) {
            Arrays.fill(head, IndexRecord.DIGEST, IndexRecord.SIZE, (byte) 0);
        } else {
            facts.copyStored((int) number - 1, head, IndexRecord.DIGEST);
            // What an index of version 1 does not keep.
            Arrays.fill(head, IndexRecord.DIGEST + facts.layout().storedBytes(), IndexRecord.SIZE, (byte) 0);
        }
    }

    @Override
    public byte[] head() {
        return head;
    }

    @Override
    public void close() {}
}
