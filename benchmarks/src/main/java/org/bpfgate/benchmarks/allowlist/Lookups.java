package org.bpfgate.benchmarks.allowlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bpfgate.program.ProgramDigest;

/** Asks an open store, and holds each answer against the truth. */
final class Lookups {
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Lookups between two looks at the clock. */
    private static final int BATCH = 1024;

    private final Store.Opened store;
    private final ProgramDigest[] questions;

    /**
     * Asks in the order given.
     *
     * @param questions listed and unlisted ones in turn, see {@link Keys#isListed}
     */
    Lookups(Store.Opened store, ProgramDigest[] questions) {
        this.store = store;
        this.questions = questions;
    }

    /**
     * Single lookups. About 25 ns of each are the clock's.
     *
     * @param p50 nanoseconds that half of them need at most
     * @param p99 nanoseconds that 99 of 100 need at most
     */
    record Percentiles(double p50, double p99) {}

    /** Times each of the first lookups. */
    Percentiles each(int count) throws Exception {
        Store.Reader reader = store.reader();
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            boolean found = reader.contains(questions[i]);
            nanos[i] = System.nanoTime() - start;
            check(i, found);
        }
        Arrays.sort(nanos);
        return new Percentiles(nanos[count / 2], nanos[(int) (count * 0.99)]);
    }

    /** Returns lookups in a second, of all threads together. */
    double perSecond(int threads) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Double>> rates = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int start = i * questions.length / threads;
                rates.add(pool.submit(() -> rate(start)));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        }
    }

    private double rate(int start) throws Exception {
        Store.Reader reader = store.reader();
        long begin = System.nanoTime();
        long asked = 0;
        long elapsed;
        do {
            for (int i = 0; i < BATCH; i++, asked++) {
                int question = (int) ((start + asked) % questions.length);
                check(question, reader.contains(questions[question]));
            }
            elapsed = System.nanoTime() - begin;
        } while (elapsed < MEASURED_NANOS);
        return asked * 1e9 / elapsed;
    }

    private static void check(int question, boolean found) {
        if (found != Keys.isListed(question)) {
            throw new IllegalStateException("a wrong answer to question " + question);
        }
    }
}
