package org.bpfgate.integrity.hash.index.internal;

import java.nio.ByteBuffer;

/**
 * One sorted table of an index. Digests are spread evenly, so the place of one is guessed from its value, as one
 * finds a name in a telephone book. Digests that somebody chose so that guesses fail are found by halving.
 */
final class DigestTable {
    /** After so many wrong guesses the digests are taken for unevenly spread, and halving bounds the search. */
    private static final int GUESSES = 5;

    private final MappedBlocks blocks;
    private final long firstBlock;
    private final long digests;

    DigestTable(MappedBlocks blocks, long firstBlock, long digests) {
        this.blocks = blocks;
        this.firstBlock = firstBlock;
        this.digests = digests;
    }

    /**
     * Looks a digest up.
     *
     * @param digest all its bytes, or the first ones, eight at least: then any digest that begins so is found
     * @throws DamagedIndexException when a block on the way to it is damaged
     */
    boolean contains(byte[] digest) {
        try {
            return search(digest);
        } catch (InternalError e) {
            // What the JVM makes of SIGBUS: a page behind the end of the file was read.
            throw (DamagedIndexException) blocks.cutShort().initCause(e);
        }
    }

    private boolean search(byte[] digest) {
        long key = ByteBuffer.wrap(digest).getLong();
        Range range = new Range(Block.countFor(digests));
        for (int step = 0; range.isOpen(); step++) {
            long at = step < GUESSES ? range.guess(key) : range.middle();
            ByteBuffer block = blocks.get(firstBlock + at);
            int last = size(at) - 1;
            if (Block.compare(block, 0, digest) > 0) {
                range.endBefore(at, Block.prefix(block, 0));
            } else if (Block.compare(block, last, digest) < 0) {
                range.startAfter(at, Block.prefix(block, last));
            } else {
                return isIn(block, last, digest);
            }
        }
        return false;
    }

    /** Returns how many digests a block of the table has. */
    private int size(long block) {
        return (int) Math.min(Block.DIGESTS, digests - block * Block.DIGESTS);
    }

    private static boolean isIn(ByteBuffer block, int last, byte[] digest) {
        int low = 0;
        int high = last;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Block.compare(block, middle, digest);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Reads the table from its beginning; each block is checked on the way. */
    DigestCursor cursor() {
        return new TableCursor();
    }

    /** Copies each digest out of the mapped memory. */
    private final class TableCursor implements DigestCursor {
        private final byte[] head = new byte[Block.DIGEST];
        private long position;

        @Override
        public boolean advance() {
            if (position == digests) {
                return false;
            }
            try {
                ByteBuffer block = blocks.get(firstBlock + position / Block.DIGESTS);
                block.get((int) (position % Block.DIGESTS) * Block.DIGEST, head);
            } catch (InternalError e) {
                throw (DamagedIndexException) blocks.cutShort().initCause(e);
            }
            position++;
            return true;
        }

        @Override
        public byte[] head() {
            return head;
        }

        @Override
        public void close() {}
    }
}
