package org.bpfgate.integrity.hash.internal.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a block, the unit that an index is checked by: {@value #CONTENT} bytes of content, the number of the block in the
 * file (so that no block is taken for another), and the CRC32C (RFC 3720, appendix B.4) of all bytes before it. Numbers are
 * big-endian. Nothing in an index lies across two blocks; what the end of a block cannot hold is zeros.
 */
final class Block {
    /** Bytes in a block: a page of the x86-64 and arm64 kernels, so that reading from one block touches one page. */
    static final int SIZE = 4096;

    /** Bytes that stand before the number and the checksum. */
    static final int CONTENT = SIZE - Long.BYTES - Integer.BYTES;

    private static final int CHECKSUM = SIZE - Integer.BYTES;

    private Block() {}

    /**
     * Completes a block whose content is in place.
     *
     * @param blocks where the block is
     * @param start the index of its first byte
     */
    static void seal(ByteBuffer blocks, int start, long number) {
        blocks.putLong(start + CONTENT, number);
        blocks.putInt(start + CHECKSUM, checksum(blocks, start));
    }

    /** Returns whether the block that starts there has its checksum and is the one with this number. */
    static boolean isIntact(ByteBuffer blocks, int start, long number) {
        return blocks.getInt(start + CHECKSUM) == checksum(blocks, start) && blocks.getLong(start + CONTENT) == number;
    }

    private static int checksum(ByteBuffer blocks, int start) {
        CRC32C checksum = new CRC32C();
        checksum.update(blocks.slice(start, CHECKSUM));
        return (int) checksum.getValue();
    }
}
