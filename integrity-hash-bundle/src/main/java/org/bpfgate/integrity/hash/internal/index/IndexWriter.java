package org.bpfgate.integrity.hash.internal.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.bpfgate.integrity.hash.internal.record.IndexRecord;
import org.bpfgate.integrity.hash.internal.record.RecordCursor;

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

    /** Writes the facts of all entries, each once; each record begins with them. */
    void writeFacts(RecordCursor facts) throws IOException {
        TableWriter table = new TableWriter(channel, header.factLayout());
        while (facts.advance()) {
            table.add(facts.head(), 0);
        }
        table.finish();
    }

    /** Writes all entries, after the facts that they refer to. */
    void writeEntries(RecordCursor entries) throws IOException {
        TableLayout layout = header.factLayout();
        MappedBlocks written = MappedBlocks.map(temporary, channel, layout.count() == 0 ? 0 : layout.endBlock());
        SortedTable facts = new SortedTable(written, layout);
        TableWriter table = new TableWriter(channel, header.entryLayout());
        while (entries.advance()) {
            byte[] entry = entries.head();
            table.add(entry, IndexRecord.hasFacts(entry) ? number(facts, entry) : 0);
        }
        table.finish();
    }

    private static long number(SortedTable facts, byte[] entry) throws IOException {
        int position = facts.find(entry, IndexRecord.DIGEST);
        if (position < 0) {
            // The number 0 would make it an entry that counts for every type.
            throw new IOException("an input has changed while it was read");
        }
        return 1L + position;
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
