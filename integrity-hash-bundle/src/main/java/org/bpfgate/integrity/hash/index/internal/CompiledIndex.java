package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
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
    private final SortedTable names;

    private CompiledIndex(IndexHeader header, MappedBlocks blocks) {
        this.header = header;
        entries = new SortedTable(blocks, header.entryLayout());
        names = new SortedTable(blocks, header.nameLayout());
    }

    /**
     * Opens a file.
     *
     * @param file a regular file, which the caller has made sure of
     * @throws IndexException when it cannot be read, its header is not one of version 1 with its checksum, or it is not exactly as
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
            throw new IndexException(file, "is no compiled list of version 1, or its header is damaged");
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
     * Returns whether a program of this type and name is listed, under whatever digest; see {@link NameKey}.
     *
     * @throws DamagedIndexException when a block on the way to the name is damaged
     */
    public boolean containsName(String name, ProgramType type) {
        return names.find(NameKey.of(name, type), 0) >= 0;
    }

    /** Reads all entries from the beginning. */
    RecordCursor cursor() {
        return new IndexCursor(entries, names);
    }
}
