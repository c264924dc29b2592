package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bpfgate.program.ProgramDigest;

/** What differs between two sorted rows of digests. */
public final class IndexComparison {
    private IndexComparison() {}

    /**
     * Compares what two builders collected.
     *
     * @param removed takes the digests that only the first one has, in their order
     * @param added takes the digests that only the second one has, in their order
     * @throws DamagedIndexException when an added index is damaged
     */
    public static void compare(
            IndexBuilder before, IndexBuilder after, Consumer<ProgramDigest> removed, Consumer<ProgramDigest> added)
            throws IOException {
        try (RecordCursor one = new SkippingCursor(before.sorted(), new DigestRepetition());
                RecordCursor other = new SkippingCursor(after.sorted(), new DigestRepetition())) {
            boolean hasOne = one.advance();
            boolean hasOther = other.advance();
            while (hasOne || hasOther) {
                int order = order(hasOne, hasOther, one, other);
                if (order < 0) {
                    removed.accept(digest(one));
                } else if (order > 0) {
                    added.accept(digest(other));
                }
                hasOne = order <= 0 ? one.advance() : hasOne;
                hasOther = order >= 0 ? other.advance() : hasOther;
            }
        }
    }

    private static ProgramDigest digest(RecordCursor at) {
        return ProgramDigest.of(Arrays.copyOf(at.head(), IndexRecord.DIGEST));
    }

    /** A row that has ended stands after everything. */
    private static int order(boolean hasOne, boolean hasOther, RecordCursor one, RecordCursor other) {
        if (!hasOne || !hasOther) {
            return hasOne ? -1 : 1;
        }
        return Arrays.compareUnsigned(one.head(), 0, IndexRecord.DIGEST, other.head(), 0, IndexRecord.DIGEST);
    }
}
