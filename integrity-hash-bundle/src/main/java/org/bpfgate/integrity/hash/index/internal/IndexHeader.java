package org.bpfgate.integrity.hash.index.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the first block of an index says. The block is, big-endian: the eight bytes of {@code bpfgate} and a NUL, the version 1
 * in four bytes, the size of a block in four, then in eight bytes each the number of digests, of entries and of names, and the
 * first and the last second of validity since 1970; zeros follow. The table of the names comes after it, then that of the entries, see
 * {@link TableLayout}, and nothing after them: so the length of the file follows from the header.
 *
 * @param digests how many programs are listed
 * @param entries how many combinations of a digest and a name are listed; a digest without a name is one
 * @param names how many combinations of a type and a name are listed
 * @param from the first second in which the list counts
 * @param until the last second in which the list counts
 */
public record IndexHeader(long digests, long entries, long names, Instant from, Instant until) {
    private static final byte[] MAGIC = "bpfgate\0".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    /** Refuses numbers that no index has, fractions of seconds, and an end before the beginning. */
    public IndexHeader {
        if (digests < 0 || entries > TableLayout.LIMIT || digests > entries || names < 0 || names > entries) {
            throw new IllegalArgumentException(
                    "an index has up to 2^31 - 1 entries, and no more digests or names than these");
        }
        if (!isWhole(from) || !isWhole(until) || until.isBefore(from)) {
            throw new IllegalArgumentException("a list is valid from one second to the same or a later one");
        }
    }

    private static boolean isWhole(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns whether the file begins as an index does. */
    public static boolean isMagic(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(MAGIC, 0, MAGIC.length, head, 0, MAGIC.length);
    }

    /** Returns where the names are. */
    TableLayout nameLayout() {
        return TableLayout.ofNames(1, names);
    }

    /** Returns where the entries are. */
    TableLayout entryLayout() {
        return TableLayout.ofEntries(nameLayout().endBlock(), entries, names);
    }

    /** Returns the length in blocks of a file with this header. */
    long fileBlocks() {
        return entryLayout().endBlock();
    }

    /** Returns the header block. */
    ByteBuffer toBlock() {
        ByteBuffer block = ByteBuffer.allocate(Block.SIZE);
        block.put(MAGIC).putInt(VERSION).putInt(Block.SIZE);
        block.putLong(digests).putLong(entries).putLong(names);
        block.putLong(from.getEpochSecond()).putLong(until.getEpochSecond());
        Block.seal(block, 0, 0);
        return block.rewind();
    }

    /**
     * Reads a header block.
     *
     * @return empty when it is no header of version 1, or one that this class refuses
     */
    static Optional<IndexHeader> parse(ByteBuffer block) {
        byte[] magic = new byte[MAGIC.length];
        block.get(0, magic);
        boolean known = isMagic(magic) && block.getInt(8) == VERSION && block.getInt(12) == Block.SIZE;
        return known && Block.isIntact(block, 0, 0) ? numbers(block) : Optional.empty();
    }

    private static Optional<IndexHeader> numbers(ByteBuffer block) {
        try {
            return Optional.of(new IndexHeader(
                    block.getLong(16),
                    block.getLong(24),
                    block.getLong(32),
                    Instant.ofEpochSecond(block.getLong(40)),
                    Instant.ofEpochSecond(block.getLong(48))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
