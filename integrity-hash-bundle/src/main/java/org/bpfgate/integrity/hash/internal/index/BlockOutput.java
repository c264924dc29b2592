package org.bpfgate.integrity.hash.internal.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes consecutive blocks to their place in a file. For one thread. */
final class BlockOutput {
    /** Blocks written at once, 1 MiB. */
    private static final int BUFFERED = 256;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFERED * Block.SIZE);
    private long number;

    /** Where the current block starts in the buffer. */
    private int start;

    /**
     * Makes an output without blocks.
     *
     * @param number of the first block
     */
    BlockOutput(FileChannel channel, long number) {
        this.channel = channel;
        this.number = number;
    }

    /** Returns a buffer at whose position so many bytes are to be written; they will lie in one block. */
    ByteBuffer room(int bytes) throws IOException {
        if (buffer.position() - start + bytes > Block.CONTENT) {
            endBlock();
        }
        return buffer;
    }

    private void endBlock() throws IOException {
        while (buffer.position() < start + Block.CONTENT) {
            buffer.put((byte) 0);
        }
        Block.seal(buffer, start, number++);
        start += Block.SIZE;
        buffer.position(start);
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        long position = number * Block.SIZE - buffer.limit();
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        buffer.clear();
        start = 0;
    }

    /** Completes the last block and writes what was not written yet. */
    void finish() throws IOException {
        if (buffer.position() > start) {
            endBlock();
        }
        flush();
    }
}
