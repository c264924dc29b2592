package org.bpfgate.integrity.hash.internal.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.hash.internal.record.EntryFacts;
import org.bpfgate.integrity.hash.internal.record.IndexEntry;
import org.bpfgate.integrity.hash.internal.record.IndexRecord;
import org.bpfgate.integrity.hash.internal.record.NameKey;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.integrity.hash.internal.record.RecordCursor;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A compiled list. Opening reads the header and maps the rest, whatever the size; each block is checked when a lookup first
 * comes to it. Immutable; safe for use by several threads. Whoever writes a new index must rename it over the old one and never
 * write into it: a file that loses bytes in place turns lookups into errors, not into wrong answers.
 */
public final class CompiledIndex {
    private final IndexHeader header;
    private final SortedTable entries;
    private final SortedTable facts;

    private CompiledIndex(IndexHeader header, MappedBlocks blocks) {
        this.header = header;
        entries = new SortedTable(blocks, header.entryLayout());
        facts = new SortedTable(blocks, header.factLayout());
    }

    /**
     * Opens a file.
     *
     * @param file a regular file, which the caller has made sure of
     * @throws IndexException when it cannot be read, its header is not one of version 1 or 2 with its checksum, or it is not exactly as
     *     long as its header says
     */
    public static CompiledIndex open(Path file) throws IndexException {
        return open(file, MappedBlocks::map);
    }

    /**
     * Copies a file into memory, so that no later change of it counts; else as {@link #open(Path)}.
     *
     * @throws IndexException as there, and when it does not fit into memory
     */
    public static CompiledIndex copy(Path file) throws IndexException {
        return open(file, MappedBlocks::copy);
    }

    /** How the blocks of a file are reached. */
    private interface Access {
        MappedBlocks blocks(Path file, FileChannel channel, long blocks) throws IOException;
    }

    private static CompiledIndex open(Path file, Access access) throws IndexException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            IndexHeader header = header(file, channel);
            long size = header.fileBlocks() * Block.SIZE;
            if (channel.size() != size) {
                throw new IndexException(file, "has " + channel.size() + " bytes, but its header tells " + size);
            }
            return new CompiledIndex(header, access.blocks(file, channel, header.fileBlocks()));
        } catch (IOException e) {
            throw new IndexException(file, "cannot be read: " + e.getMessage());
        }
    }

    private static IndexHeader header(Path file, FileChannel channel) throws IOException, IndexException {
        ByteBuffer block = ByteBuffer.allocate(Block.SIZE);
        while (block.hasRemaining()) {
            if (channel.read(block) < 0) {
                throw new IndexException(file, "is shorter than the header of a compiled list");
            }
        }
        Optional<IndexHeader> header = IndexHeader.parse(block);
        if (header.isEmpty()) {
            throw new IndexException(file, "is no compiled list of version 1 or 2, or its header is damaged");
        }
        return header.get();
    }

    /** Returns what the first block says. */
    public IndexHeader header() {
        return header;
    }

    /**
     * Returns whether the program is listed.
     *
     * @throws DamagedIndexException when a block on the way to the digest is damaged
     */
    public boolean contains(ProgramDigest digest) {
        return entries.find(digest.toByteArray(), 0) >= 0;
    }

    /**
     * Returns what the entries of a digest say, in their order.
     *
     * @return empty when the digest is not listed
     * @throws DamagedIndexException when a block on the way to them is damaged
     */
    public List<IndexEntry> entries(ProgramDigest digest) {
        byte[] key = digest.toByteArray();
        int position = entries.find(key, 0);
        if (position < 0) {
            return List.of();
        }
        List<IndexEntry> found = new ArrayList<>(1);
        try {
            SortedTable.IntRange all = entries.all(position, key, 0);
            for (int at = all.first(); at < all.end(); at++) {
                found.add(entry(entries.value(at)));
            }
        } catch (InternalError e) {
            throw entries.cutShort(e);
        }
        return found;
    }

    private IndexEntry entry(long number) {
        if (number > facts.layout().count()) {
            throw entries.damaged("it refers to facts that it does not have");
        }
        byte[] read = new byte[EntryFacts.SIZE];
        if (number > 0) {
            facts.copyStored((int) number - 1, read, 0);
        }
        IndexEntry entry = EntryFacts.read(read, 0);
        if (entry == null) {
            throw entries.damaged("it has a type of programs that this version does not know");
        }
        return entry;
    }

    /**
     * Returns how the name fits the names that programs of this type have, whatever their digests.
     *
     * @param name cut by a kernel or whole
     * @throws DamagedIndexException when a block on the way to the name is damaged
     */
    public NameMatch namesake(String name, ProgramType type) {
        byte[] key = NameKey.of(name, type);
        if (facts.find(key, 0, NameKey.SIZE) >= 0) {
            return NameMatch.WHOLE;
        }
        if (name.length() < NameMatch.KERNEL_NAME_LENGTH) {
            return NameMatch.NONE;
        }
        boolean cut = name.length() == NameMatch.KERNEL_NAME_LENGTH
                ? facts.find(key, 0, NameKey.KEPT) >= 0
                : facts.find(NameKey.of(NameMatch.kept(name), type), 0, NameKey.SIZE) >= 0;
        return cut ? NameMatch.MAYBE_CUT : NameMatch.NONE;
    }

    /**
     * Returns the digests that begin with a kernel's tag, in their order.
     *
     * @param tag eight bytes
     * @throws DamagedIndexException when a block on the way to them is damaged
     */
    public List<ProgramDigest> tagged(byte[] tag) {
        List<ProgramDigest> found = new ArrayList<>();
        if (entries.layout().count() > 0) {
            try {
                addTagged(tag, found);
            } catch (InternalError e) {
                throw entries.cutShort(e);
            }
        }
        return found;
    }

    private void addTagged(byte[] tag, List<ProgramDigest> found) {
        int bucket = entries.layout().bucketOf(IndexRecord.word(tag, 0));
        int end = Math.min(
                entries.directory().start(bucket + 1), (int) entries.layout().count());
        byte[] digest = Arrays.copyOf(tag, IndexRecord.DIGEST);
        for (int at = entries.directory().start(bucket); at < end; at++) {
            entries.copyStored(at, digest, entries.layout().dropped());
            if (IndexRecord.word(digest, 0) == IndexRecord.word(tag, 0)) {
                ProgramDigest whole = ProgramDigest.of(digest);
                if (found.isEmpty() || !found.getLast().equals(whole)) {
                    found.add(whole);
                }
            }
        }
    }

    /** Reads all entries from the beginning. */
    RecordCursor cursor() {
        return new IndexCursor(entries, facts);
    }
}
