package org.bpfgate.integrity.hash.index.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes an index to a file beside the output. Closing it without {@link #finish} leaves nothing behind. For one thread. */
final class IndexWriter implements Closeable {
    private final Path output;
    private final Path temporary;
    private final FileChannel channel;
    private final IndexHeader header;

    IndexWriter(Path output, IndexHeader header) throws IOException {
        this.output = output;
        this.header = header;
        temporary = Files.createTempFile(directoryOf(output), ".bpfgate-list-", ".tmp");
        channel = FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Returns where temporary files go: on the file system of the output, which a rename cannot leave. */
    static Path directoryOf(Path output) {
        Path parent = output.toAbsolutePath().getParent();
        return parent == null ? output.toAbsolutePath() : parent;
    }

    /** Writes all names; each record begins with the key of one. */
    void writeNames(RecordCursor names) throws IOException {
        TableWriter table = new TableWriter(channel, header.nameLayout());
        while (names.advance()) {
            table.add(names.head(), 0);
        }
        table.finish();
    }

    /** Writes all entries, after the names that they refer to. */
    void writeEntries(RecordCursor entries) throws IOException {
        TableLayout layout = header.nameLayout();
        MappedBlocks written = MappedBlocks.map(temporary, channel, layout.count() == 0 ? 0 : layout.endBlock());
        SortedTable names = new SortedTable(written, layout);
        TableWriter table = new TableWriter(channel, header.entryLayout());
        while (entries.advance()) {
            byte[] entry = entries.head();
            // A name that is not found has the number 0, as if there were none.
            table.add(entry, IndexRecord.hasName(entry) ? 1L + names.find(entry, IndexRecord.DIGEST) : 0);
        }
        table.finish();
    }

    /** Writes the header, makes the file readable for all and durable, and renames it over the output. */
    IndexHeader finish() throws IOException {
        ByteBuffer block = header.toBlock();
        while (block.hasRemaining()) {
            channel.write(block, block.position());
        }
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
        channel.force(true);
        Files.move(temporary, output, StandardCopyOption.ATOMIC_MOVE);
        return header;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }
}
