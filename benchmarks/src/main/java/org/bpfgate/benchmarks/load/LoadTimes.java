package org.bpfgate.benchmarks.load;

import java.util.StringTokenizer;

/**
 * What one run of {@code load_client} measured.
 *
 * @param median of one load and the close of its descriptor, in microseconds
 * @param p99 what 99 of 100 loads did not exceed, in microseconds
 * @param errno how all loads ended; 0 when they succeeded
 */
record LoadTimes(double median, double p99, int errno) {
    /** Nanoseconds in a microsecond. */
    private static final double MICRO = 1e3;

    /** Reads what the client prints: two numbers of nanoseconds and an error number. */
    static LoadTimes parse(String line) {
        StringTokenizer words = new StringTokenizer(line);
        return new LoadTimes(
                Long.parseLong(words.nextToken()) / MICRO,
                Long.parseLong(words.nextToken()) / MICRO,
                Integer.parseInt(words.nextToken()));
    }
}
