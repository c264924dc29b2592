package org.bpfgate.integrity.hash.index.internal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a block, the unit that an index is read and checked by: {@value #DIGESTS} digests in ascending order, zeros
 * for those that the last block of a table lacks, the number of the block in the file (so that no block passes for another),
 * zeros, and the CRC32C (RFC 3720, appendix B.4) of all bytes before it. Numbers are big-endian.
 */
final class Block {
    /** Bytes in a block: a page of the x86-64 and arm64 kernels, so that a lookup touches one page for each block. */
    static final int SIZE = 4096;

    /** Digests in a block: what fits beside the number and the checksum. */
    static final int DIGESTS = 127;

    /** Bytes in a digest (SHA-256, FIPS 180-4). */
    static final int DIGEST = 32;

    private static final int NUMBER = DIGESTS * DIGEST;
    private static final int CHECKSUM = SIZE - Integer.BYTES;

    private Block() {}

    /** Returns how many blocks hold so many digests. */
    static long countFor(long digests) {
        return (digests + DIGESTS - 1) / DIGESTS;
    }

    /** Completes a block whose digests are in place: from the end of the digests on, all bytes are written. */
    static void seal(ByteBuffer block, long number) {
        block.putLong(NUMBER, number);
        sealChecksum(block);
    }

    /** Writes the checksum of the bytes before it. */
    static void sealChecksum(ByteBuffer block) {
        block.putInt(CHECKSUM, checksum(block));
    }

    /** Returns whether the block has its checksum and is the one with this number. */
    static boolean isIntact(ByteBuffer block, long number) {
        return hasChecksum(block) && block.getLong(NUMBER) == number;
    }

    /** Returns whether the block has its checksum. */
    static boolean hasChecksum(ByteBuffer block) {
        return block.getInt(CHECKSUM) == checksum(block);
    }

    private static int checksum(ByteBuffer block) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.slice(0, CHECKSUM));
        return (int) checksum.getValue();
    }

    /**
     * Compares a digest of the block, or as many of its first bytes as are given, with another.
     *
     * @param index its place in the block, counted from 0
     * @param digest up to {@value #DIGEST} bytes
     * @return less than, equal to or greater than 0, as unsigned bytes
     */
    static int compare(ByteBuffer block, int index, byte[] digest) {
        int start = index * DIGEST;
        for (int i = 0; i < digest.length; i++) {
            int difference = (block.get(start + i) & 0xff) - (digest[i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    /** Returns the first eight bytes of a digest of the block, a number to be read without sign. */
    static long prefix(ByteBuffer block, int index) {
        return block.getLong(index * DIGEST);
    }
}
