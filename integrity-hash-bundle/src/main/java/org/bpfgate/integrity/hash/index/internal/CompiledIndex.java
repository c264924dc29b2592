package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A compiled list. Opening reads the header and maps the rest, whatever the size; each block is checked when a lookup first
 * comes to it. Immutable; safe for use by several threads. Whoever writes a new index must rename it over the old one and never
 * write into it: a file that loses bytes in place turns lookups into errors, not into wrong answers.
 */
public final class CompiledIndex {
    private final IndexHeader header;
    private final DigestTable digests;
    private final DigestTable names;

    private CompiledIndex(IndexHeader header, MappedBlocks blocks) {
        this.header = header;
        digests = new DigestTable(blocks, 1, header.digests());
        names = new DigestTable(blocks, 1 + Block.countFor(header.digests()), header.names());
    }

    /**
     * Opens a file.
     *
     * @param file a regular file, which the caller has made sure of
     * @throws IndexException when it cannot be read, its header is not one of version 1 with its checksum, or it is not exactly as
     *     long as its header says
     */
    public static CompiledIndex open(Path file) throws IndexException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            IndexHeader header = header(file, channel);
            if (channel.size() != header.fileSize()) {
                throw new IndexException(
                        file, "has " + channel.size() + " bytes, but its header tells " + header.fileSize());
            }
            return new CompiledIndex(header, MappedBlocks.map(file, channel, header.fileSize()));
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
        return IndexHeader.parse(block)
                .orElseThrow(
                        () -> new IndexException(file, "is no compiled list of version 1, or its header is damaged"));
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
        return digests.contains(digest.toByteArray());
    }

    /**
     * Returns whether a program of this type and name is listed, under whatever digest; see {@link NameKey}.
     *
     * @throws DamagedIndexException when a block on the way to the name is damaged
     */
    public boolean containsName(String name, ProgramType type) {
        return names.contains(NameKey.of(name, type));
    }

    DigestCursor digests() {
        return digests.cursor();
    }

    DigestCursor names() {
        return names.cursor();
    }
}
