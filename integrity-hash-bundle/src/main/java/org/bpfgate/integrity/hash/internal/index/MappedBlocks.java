package org.bpfgate.integrity.hash.internal.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The blocks of a file, mapped or copied. A block is checked when something is first read from it and then remembered as good in one bit,
 * 101 KB for 10^8 digests, so that opening takes no time and later reads cost nothing but a look at the bit. Mapped memory lives
 * until nobody refers to it any more, so a lookup that is under way never loses it. Safe for use by several threads.
 *
 * <p>Every way to read throws a {@link DamagedIndexException} when the block is not intact. When the file has lost its end there is an
 * {@code InternalError}, which compiled code throws a few steps later than where it read; so whoever asks for an answer catches it
 * around everything that led to the answer, and makes {@link #cutShort} of it.
 */
final class MappedBlocks {
    /** Bytes in one mapping; a buffer of the JDK reaches 2 GiB, and this is a whole number of blocks. */
    private static final int SEGMENT = 1 << 30;

    private final Path file;
    private final ByteBuffer[] segments;
    private final AtomicLongArray checked;

    private MappedBlocks(Path file, ByteBuffer[] segments, long blocks) {
        this.file = file;
        this.segments = segments;
        checked = new AtomicLongArray((int) (blocks / Long.SIZE + 1));
    }

    /** Maps the first blocks of a file, which has at least so many. */
    static MappedBlocks map(Path file, FileChannel channel, long blocks) throws IOException {
        long size = blocks * Block.SIZE;
        ByteBuffer[] segments = new ByteBuffer[(int) ((size + SEGMENT - 1) / SEGMENT)];
        for (int i = 0; i < segments.length; i++) {
            long start = (long) i * SEGMENT;
            segments[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(SEGMENT, size - start));
        }
        return new MappedBlocks(file, segments, blocks);
    }

    /**
     * Copies the first blocks of a file, which has at least so many, into memory outside of the heap: what becomes of the file then does
     * not matter.
     *
     * @throws IOException when it cannot be read, or memory does not suffice
     */
    static MappedBlocks copy(Path file, FileChannel channel, long blocks) throws IOException {
        long size = blocks * Block.SIZE;
        ByteBuffer[] segments = new ByteBuffer[(int) ((size + SEGMENT - 1) / SEGMENT)];
        for (int i = 0; i < segments.length; i++) {
            long start = (long) i * SEGMENT;
            segments[i] = copy(channel, start, (int) Math.min(SEGMENT, size - start));
        }
        return new MappedBlocks(file, segments, blocks);
    }

    private static ByteBuffer copy(FileChannel channel, long start, int size) throws IOException {
        ByteBuffer segment;
        try {
            segment = ByteBuffer.allocateDirect(size);
        } catch (OutOfMemoryError e) {
            throw new IOException("a copy of it does not fit into the memory that the JVM may take", e);
        }
        while (segment.hasRemaining()) {
            if (channel.read(segment, start + segment.position()) < 0) {
                throw new IOException("it became shorter meanwhile");
            }
        }
        return segment.flip();
    }

    /** Reads eight bytes of a block. */
    long getLong(long block, int at) {
        return checked(block).getLong(start(block) + at);
    }

    /** Reads four bytes of a block. */
    int getInt(long block, int at) {
        return checked(block).getInt(start(block) + at);
    }

    /** Copies bytes of a block. */
    void copy(long block, int at, byte[] target, int offset, int length) {
        checked(block).get(start(block) + at, target, offset, length);
    }

    private ByteBuffer checked(long block) {
        ByteBuffer segment = segments[(int) (block * Block.SIZE / SEGMENT)];
        int word = (int) (block / Long.SIZE);
        long bit = 1L << block;
        if ((checked.get(word) & bit) == 0) {
            check(segment, block);
            remember(word, bit);
        }
        return segment;
    }

    /** A loop and no lambda, which would have to be made at the first lookup. */
    private void remember(int word, long bit) {
        long bits;
        do {
            bits = checked.get(word);
        } while (!checked.compareAndSet(word, bits, bits | bit));
    }

    private void check(ByteBuffer segment, long block) {
        if (!Block.isIntact(segment, start(block), block)) {
            throw damaged("block " + block + " does not have its checksum");
        }
    }

    /** Returns where a block starts in its segment. */
    private static int start(long block) {
        return (int) (block * Block.SIZE % SEGMENT);
    }

    /** Makes the error for content that no writer of an index makes. */
    DamagedIndexException damaged(String what) {
        return new DamagedIndexException(file, what);
    }

    /**
     * Makes the error for a file that has lost its end.
     *
     * @param cause what the JVM makes of SIGBUS, the signal for reading a page behind the end of a file
     */
    DamagedIndexException cutShort(InternalError cause) {
        DamagedIndexException damaged = damaged("the file was cut short in place");
        damaged.initCause(cause);
        return damaged;
    }
}
