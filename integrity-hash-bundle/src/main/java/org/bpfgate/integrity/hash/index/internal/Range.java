package org.bpfgate.integrity.hash.index.internal;

/** The blocks in which a digest may still be, and the values around them. For one lookup. */
final class Range {
    /** 2^64, the number of values of the first eight bytes of a digest. */
    private static final double VALUES = 0x1p64;

    private long low;
    private long high;
    private double lowKey;
    private double highKey = VALUES;

    Range(long blocks) {
        high = blocks - 1;
    }

    boolean isOpen() {
        return low <= high;
    }

    long middle() {
        return (low + high) >>> 1;
    }

    /** Returns where the value would be if the values between the known ones were spread evenly. */
    long guess(long key) {
        double part = highKey > lowKey ? (unsigned(key) - lowKey) / (highKey - lowKey) : 0;
        long at = low + (long) (part * (high - low + 1));
        return Math.max(low, Math.min(high, at));
    }

    void endBefore(long block, long firstKey) {
        high = block - 1;
        highKey = unsigned(firstKey);
    }

    void startAfter(long block, long lastKey) {
        low = block + 1;
        lowKey = unsigned(lastKey);
    }

    private static double unsigned(long key) {
        return key >= 0 ? key : key + VALUES;
    }
}
