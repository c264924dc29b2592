package org.bpfgate.benchmarks;

import java.util.Arrays;

/** The middle of several runs, which one disturbed run does not move. */
public final class Median {
    private Median() {}

    /** Returns the median; of an even number of values the mean of the two in the middle. */
    public static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
