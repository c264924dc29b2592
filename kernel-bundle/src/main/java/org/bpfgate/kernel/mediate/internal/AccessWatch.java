package org.bpfgate.kernel.mediate.internal;

/**
 * Since when a thread of the gate waits for something of the client's that may never come, such as a page of a file system that does
 * not answer. One thread sets it; any thread may ask.
 */
final class AccessWatch {
    private static final long NONE = Long.MIN_VALUE;

    private volatile long sinceNanos = NONE;

    /** An access begins. */
    void begin() {
        sinceNanos = System.nanoTime();
    }

    /** The access is over. */
    void end() {
        sinceNanos = NONE;
    }

    /** Returns whether an access has been under way for this long at a time of {@link System#nanoTime()}. */
    boolean isOverdue(long now, long longestNanos) {
        long since = sinceNanos;
        return since != NONE && now - since >= longestNanos;
    }
}
