package org.bpfgate.integrity.hash.internal.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.bpfgate.integrity.hash.internal.record.EntryFacts;

/**
 * What the first block of an index says. The block is, big-endian: the eight bytes of {@code bpfgate} and a NUL, the version 2
 * in four bytes, the size of a block in four, then in eight bytes each the number of digests, of entries and of different facts,
 * the first and the last second of validity since 1970, and the number of entries without a type; zeros follow. The table of the facts
 * ({@link EntryFacts}) comes after it, then that of the entries, see
 * {@link TableLayout}, and nothing after them: so the length of the file follows from the header.
 *
 * <p>An index of version 1 is read as well. Its facts are keys of names, so that all of its entries count for every type.
 *
 * @param version 1 or 2
 * @param digests how many programs are listed
 * @param entries how many combinations of a digest and facts are listed; a digest without facts is one
 * @param facts how many combinations of name, type and way of attaching are listed
 * @param untyped how many entries count for every type
 * @param from the first second in which the list counts
 * @param until the last second in which the list counts
 */
public record IndexHeader(
        int version, long digests, long entries, long facts, long untyped, Instant from, Instant until) {
    private static final byte[] MAGIC = "bpfgate\0".getBytes(StandardCharsets.US_ASCII);

    /** The version that is written. */
    static final int VERSION = 2;

    /** Refuses numbers that no index has, fractions of seconds, and an end before the beginning. */
    public IndexHeader {
        if (version < 1 || version > VERSION) {
            throw new IllegalArgumentException("there are indexes of version 1 and 2, not " + version);
        }
        if (entries > TableLayout.LIMIT
                || !isPart(digests, entries)
                || !isPart(facts, entries)
                || !isPart(untyped, entries)) {
            throw new IllegalArgumentException(
                    "an index has up to 2^31 - 1 entries, and no more digests or facts than these");
        }
        if (!isWhole(from) || !isWhole(until) || until.isBefore(from)) {
            throw new IllegalArgumentException("a list is valid from one second to the same or a later one");
        }
    }

    private static boolean isPart(long part, long entries) {
        return part >= 0 && part <= entries;
    }

    private static boolean isWhole(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns whether the file begins as an index does. */
    public static boolean isMagic(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(MAGIC, 0, MAGIC.length, head, 0, MAGIC.length);
    }

    /** Returns where the facts are. */
    TableLayout factLayout() {
        return TableLayout.ofFacts(1, facts, version == 1 ? EntryFacts.SIZE_IN_VERSION_1 : EntryFacts.SIZE);
    }

    /** Returns where the entries are. */
    TableLayout entryLayout() {
        return TableLayout.ofEntries(factLayout().endBlock(), entries, facts);
    }

    /** Returns the length in blocks of a file with this header. */
    long fileBlocks() {
        return entryLayout().endBlock();
    }

    /** Returns the header block. */
    ByteBuffer toBlock() {
        ByteBuffer block = ByteBuffer.allocate(Block.SIZE);
        block.put(MAGIC).putInt(version).putInt(Block.SIZE);
        block.putLong(digests).putLong(entries).putLong(facts);
        block.putLong(from.getEpochSecond()).putLong(until.getEpochSecond());
        block.putLong(untyped);
        Block.seal(block, 0, 0);
        return block.rewind();
    }

    /**
     * Reads a header block.
     *
     * @return empty when it is no header of version 1 or 2, or one that this class refuses
     */
    static Optional<IndexHeader> parse(ByteBuffer block) {
        byte[] magic = new byte[MAGIC.length];
        block.get(0, magic);
        boolean known = isMagic(magic) && block.getInt(12) == Block.SIZE;
        return known && Block.isIntact(block, 0, 0) ? numbers(block) : Optional.empty();
    }

    private static Optional<IndexHeader> numbers(ByteBuffer block) {
        try {
            int version = block.getInt(8);
            return Optional.of(new IndexHeader(
                    version,
                    block.getLong(16),
                    block.getLong(24),
                    block.getLong(32),
                    version == 1 ? block.getLong(24) : block.getLong(56),
                    Instant.ofEpochSecond(block.getLong(40)),
                    Instant.ofEpochSecond(block.getLong(48))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
