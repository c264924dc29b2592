package org.bpfgate.integrity.hash.internal.index;

/** The directory of a table that is read, see {@link TableLayout}. Immutable; safe for use by several threads. */
final class Directory {
    /** Positions in a block. */
    static final int PER_BLOCK = Block.CONTENT / Integer.BYTES;

    private final MappedBlocks blocks;
    private final TableLayout layout;

    Directory(MappedBlocks blocks, TableLayout layout) {
        this.blocks = blocks;
        this.layout = layout;
    }

    /**
     * Returns at which record a bucket begins.
     *
     * @param bucket its number; the one after the last begins where the records end
     * @throws DamagedIndexException when the block is damaged, or the table has no such record
     */
    int start(int bucket) {
        int start = blocks.getInt(layout.firstBlock() + bucket / PER_BLOCK, bucket % PER_BLOCK * Integer.BYTES);
        if (start < 0 || start > layout.count()) {
            throw blocks.damaged("its directory points behind its end");
        }
        return start;
    }
}
