package org.bpfgate.integrity.hash.internal.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bpfgate.allowlist.ListedKind;
import org.bpfgate.integrity.hash.internal.record.EntryFacts;
import org.bpfgate.integrity.hash.internal.record.IndexRecord;
import org.bpfgate.integrity.hash.internal.record.RecordCursor;
import org.bpfgate.program.ProgramDigest;

/** Reads sorted records digest by digest: all entries of one at a time, names left aside. For one thread. */
final class DigestGroups implements Closeable {
    private final RecordCursor records;
    private boolean begun;
    private boolean more;
    private ProgramDigest digest = ProgramDigest.of(new byte[ProgramDigest.SIZE]);
    private Set<ListedKind> kinds = Set.of();

    /** Takes the cursor over, and closes it when it is closed. */
    DigestGroups(RecordCursor records) {
        this.records = records;
    }

    /**
     * Goes to the next digest.
     *
     * @return whether there is one
     */
    boolean advance() throws IOException {
        if (!begun) {
            begun = true;
            more = records.advance();
        }
        if (!more) {
            return false;
        }
        byte[] first = Arrays.copyOf(records.head(), IndexRecord.SIZE);
        digest = ProgramDigest.of(Arrays.copyOf(first, IndexRecord.DIGEST));
        kinds = new LinkedHashSet<>();
        while (more && IndexRecord.hasSameDigest(records.head(), first)) {
            kinds.add(EntryFacts.kind(digest, records.head(), IndexRecord.DIGEST));
            more = records.advance();
        }
        return true;
    }

    /** Returns the digest that {@link #advance} went to. */
    ProgramDigest digest() {
        return digest;
    }

    /** Returns what its entries count for, each kind once. */
    Set<ListedKind> kinds() {
        return kinds;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
