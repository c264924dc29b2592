package org.bpfgate.integrity.hash.index.internal;

/**
 * Remembers keys of names, a later one in the place of an earlier one, so that the names that many programs have need not be sorted
 * once for each. For one thread.
 */
final class RecentKeys {
    /** Keys remembered, 256 KiB. */
    private static final int PLACES = 1 << 14;

    private final long[] words = new long[2 * PLACES];

    /** Returns whether the key in the record is not remembered, and remembers it. */
    boolean isNew(byte[] record) {
        long first = IndexRecord.word(record, IndexRecord.DIGEST);
        long second = IndexRecord.word(record, IndexRecord.DIGEST + Long.BYTES);
        int place = 2 * ((int) second & (PLACES - 1));
        if (words[place] == first && words[place + 1] == second) {
            return false;
        }
        words[place] = first;
        words[place + 1] = second;
        return true;
    }
}
