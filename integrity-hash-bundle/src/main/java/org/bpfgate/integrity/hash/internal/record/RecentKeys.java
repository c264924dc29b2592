package org.bpfgate.integrity.hash.internal.record;

/**
 * Remembers facts of entries, a later one in the place of an earlier one, so that the facts that many programs have need not be sorted
 * once for each. For one thread.
 */
final class RecentKeys {
    /** Facts remembered, 256 KiB. */
    private static final int PLACES = 1 << 13;

    private static final int WORDS = EntryFacts.SIZE / Long.BYTES;
    private final long[] words = new long[WORDS * PLACES];

    /** Returns whether the facts in the record are not remembered, and remembers them. */
    boolean isNew(byte[] record) {
        int mixed = 0;
        for (int i = 0; i < WORDS; i++) {
            mixed = 31 * mixed + Long.hashCode(IndexRecord.word(record, IndexRecord.DIGEST + i * Long.BYTES));
        }
        int place = WORDS * (mixed & (PLACES - 1));
        boolean known = true;
        for (int i = 0; i < WORDS; i++) {
            long word = IndexRecord.word(record, IndexRecord.DIGEST + i * Long.BYTES);
            known &= words[place + i] == word;
            words[place + i] = word;
        }
        return !known;
    }
}
