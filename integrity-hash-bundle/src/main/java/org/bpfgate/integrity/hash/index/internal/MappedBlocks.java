package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The blocks of a file, mapped. Each is checked when it is first asked for and then remembered as good in one bit, 98 KB for
 * 10^8 digests, so that opening takes no time and later lookups pay nothing for it. Mapped memory lives until nobody refers to it
 * any more, so a lookup that is under way never loses it. Safe for use by several threads.
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

    /** Maps a file whose length is a whole number of blocks. */
    static MappedBlocks map(Path file, FileChannel channel, long size) throws IOException {
        ByteBuffer[] segments = new ByteBuffer[(int) ((size + SEGMENT - 1) / SEGMENT)];
        for (int i = 0; i < segments.length; i++) {
            long start = (long) i * SEGMENT;
            segments[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(SEGMENT, size - start));
        }
        return new MappedBlocks(file, segments, size / Block.SIZE);
    }

    /**
     * Returns a block that is intact.
     *
     * @throws DamagedIndexException when it is not
     */
    ByteBuffer get(long number) {
        long offset = number * Block.SIZE;
        ByteBuffer block = segments[(int) (offset / SEGMENT)].slice((int) (offset % SEGMENT), Block.SIZE);
        int word = (int) (number / Long.SIZE);
        long bit = 1L << number;
        if ((checked.get(word) & bit) == 0) {
            if (!Block.isIntact(block, number)) {
                throw new DamagedIndexException(file, "block " + number + " does not have its checksum");
            }
            checked.getAndUpdate(word, bits -> bits | bit);
        }
        return block;
    }

    /** Returns the error for a file that lost its end while it was mapped. */
    DamagedIndexException cutShort() {
        return new DamagedIndexException(file, "the file was cut short in place");
    }
}
