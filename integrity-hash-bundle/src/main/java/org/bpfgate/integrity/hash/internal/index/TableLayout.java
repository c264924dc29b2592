package org.bpfgate.integrity.hash.internal.index;

import org.bpfgate.integrity.hash.internal.record.IndexRecord;

/**
 * Where the parts of a table lie. A table has records in ascending order of their keys, which are evenly spread, and before them a
 * directory. The first bits of a key tell its bucket; the directory says at which record each bucket begins, in four bytes for
 * each, and then how many records there are. What the bucket tells need not be stored: a record leaves out the whole bytes
 * of it.
 *
 * @param firstBlock the first block of the directory; the records follow in the next block after it
 * @param count how many records there are
 * @param keyBytes bytes in a whole key
 * @param bucketBits how many first bits of a key tell its bucket
 * @param dropped how many first bytes of a key are not stored
 * @param valueBytes bytes behind the key in a record
 */
record TableLayout(long firstBlock, long count, int keyBytes, int bucketBits, int dropped, int valueBytes) {
    /** The largest number of records: positions are four bytes in a directory, and are not read as negative ones. */
    static final long LIMIT = Integer.MAX_VALUE;

    /**
     * Most records in a bucket on the average. With 16 a search reads some 8 cache lines at most, and a directory has 0.25 to 0.5
     * bytes for each record.
     */
    private static final int BUCKET = 16;

    /**
     * How the facts of entries are laid out. Whole, because entries refer to them by position, and a position tells no bucket.
     *
     * @param bytes bytes of each
     */
    static TableLayout ofFacts(long firstBlock, long count, int bytes) {
        return new TableLayout(firstBlock, count, bytes, bucketBits(count), 0, 0);
    }

    /**
     * How the entries are laid out: digests, each with the number of its facts behind it.
     *
     * @param facts how many numbers of facts there are; without any they take no byte
     */
    static TableLayout ofEntries(long firstBlock, long entries, long facts) {
        int bits = bucketBits(entries);
        return new TableLayout(firstBlock, entries, IndexRecord.DIGEST, bits, bits / Byte.SIZE, bytesFor(facts));
    }

    private static int bucketBits(long count) {
        long buckets = (count + BUCKET - 1) / BUCKET;
        return buckets <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(buckets - 1);
    }

    private static int bytesFor(long largest) {
        return (Long.SIZE - Long.numberOfLeadingZeros(largest) + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Returns how many bytes of a key are stored. */
    int storedBytes() {
        return keyBytes - dropped;
    }

    int recordBytes() {
        return storedBytes() + valueBytes;
    }

    int recordsPerBlock() {
        return Block.CONTENT / recordBytes();
    }

    /** Returns how many buckets there are. */
    int buckets() {
        return 1 << bucketBits;
    }

    /** Returns which bucket a key is in by its first eight bytes. */
    int bucketOf(long firstWord) {
        return bucketBits == 0 ? 0 : (int) (firstWord >>> (Long.SIZE - bucketBits));
    }

    /** Returns the first block of the records. */
    long recordBlock() {
        return firstBlock + (count == 0 ? 0 : buckets() / Directory.PER_BLOCK + 1);
    }

    /** Returns the block after the table; one without records has no blocks. */
    long endBlock() {
        return recordBlock() + (count + recordsPerBlock() - 1) / recordsPerBlock();
    }
}
