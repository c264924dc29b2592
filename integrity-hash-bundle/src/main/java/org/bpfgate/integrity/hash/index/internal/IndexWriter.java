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
import java.util.Arrays;

/** Writes the blocks of an index to a file beside the output. Closing it without {@link #finish} leaves nothing behind. */
final class IndexWriter implements Closeable {
    /** Blocks written at once, 1 MiB. */
    private static final int BUFFERED = 256;

    private final Path output;
    private final Path temporary;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFERED * Block.SIZE);
    private long number = 1;

    IndexWriter(Path output) throws IOException {
        this.output = output;
        temporary = Files.createTempFile(directoryOf(output), ".bpfgate-list-", ".tmp");
        channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        channel.position(Block.SIZE);
    }

    /** Returns where temporary files go: on the file system of the output, which a rename cannot leave. */
    static Path directoryOf(Path output) {
        Path parent = output.toAbsolutePath().getParent();
        return parent == null ? output.toAbsolutePath() : parent;
    }

    /**
     * Writes one table.
     *
     * @return the number of digests in it
     */
    long writeTable(DigestCursor sorted) throws IOException {
        byte[] block = new byte[Block.SIZE];
        int filled = 0;
        long count = 0;
        while (sorted.advance()) {
            System.arraycopy(sorted.head(), 0, block, filled * Block.DIGEST, Block.DIGEST);
            count++;
            if (++filled == Block.DIGESTS) {
                writeBlock(block);
                filled = 0;
            }
        }
        if (filled > 0) {
            Arrays.fill(block, filled * Block.DIGEST, Block.SIZE, (byte) 0);
            writeBlock(block);
        }
        return count;
    }

    private void writeBlock(byte[] block) throws IOException {
        Block.seal(ByteBuffer.wrap(block), number++);
        buffer.put(block);
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Writes the header, makes the file readable for all and durable, and renames it over the output. */
    IndexHeader finish(IndexHeader header) throws IOException {
        flush();
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
