package org.bpfgate.benchmarks.change;

import java.util.Arrays;

/** Many durations of one kind. Immutable. */
final class Durations {
    /** Nanoseconds in a microsecond. */
    private static final double MICRO = 1e3;

    private final long[] sortedNanos;

    /**
     * Takes durations.
     *
     * @param nanos in any order; copied
     * @throws IllegalArgumentException when there is none
     */
    Durations(long... nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    /** Returns how many there are. */
    int count() {
        return sortedNanos.length;
    }

    /**
     * Returns the shortest duration that at least the given share does not exceed, in microseconds.
     *
     * @param share more than 0 and at most 1, such as 0.99
     */
    double micros(double share) {
        int rank = (int) Math.ceil(share * sortedNanos.length);
        return sortedNanos[rank - 1] / MICRO;
    }
}
