package org.bpfgate.benchmarks.allowlist;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.program.ProgramDigest;

/** Everything that is measured of one store. */
final class StoreMeasurement {
    /** Each of them may come from the disk, so that there are few. */
    private static final int COLD_LOOKUPS = 2_000;

    private static final int WARM_LOOKUPS = 1_000_000;
    private static final int OPENINGS = 21;
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    private final Store store;
    private final long count;
    private final Report report;

    StoreMeasurement(Store store, long count, Report report) {
        this.store = store;
        this.count = count;
        this.report = report;
    }

    /**
     * What the ratios are made of.
     *
     * @param open milliseconds, the median
     * @param lookup nanoseconds, the p50 of warm lookups
     */
    record Figures(double open, double lookup) {}

    /** Makes the store and measures it. */
    Figures run(Path sorted) throws Exception {
        long start = System.nanoTime();
        store.make(sorted, count);
        report.begin("  " + store.name());
        report.figure("made out of the sorted list in", millisSince(start), "ms");
        report.figure("file size", (double) Files.size(store.file()) / count, "bytes/entry");
        cold();
        double open = opening();
        return new Figures(open, warm());
    }

    private void cold() throws Exception {
        OtherProgram.dropCache(store.file());
        long start = System.nanoTime();
        try (Store.Opened opened = store.open()) {
            report.figure("opened first, page cache dropped", millisSince(start), "ms");
            percentiles("page cache dropped", new Lookups(opened, questions(COLD_LOOKUPS, 1)), COLD_LOOKUPS);
        }
    }

    private double opening() throws Exception {
        // A hash set takes seconds, and its second time is as good as its tenth.
        double[] millis = new double[store instanceof HashSetStore ? 3 : OPENINGS];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            try (Store.Opened opened = store.open()) {
                opened.reader();
                millis[i] = millisSince(start);
            }
        }
        report.figure("opened again, the median of " + millis.length, Median.of(millis), "ms");
        return Median.of(millis);
    }

    private double warm() throws Exception {
        ProgramDigest[] questions = questions(WARM_LOOKUPS, 2);
        long before = Heap.used();
        try (Store.Opened opened = store.open()) {
            Lookups lookups = new Lookups(opened, questions);
            lookups.each(WARM_LOOKUPS);
            report.figure("heap of the open store after a million lookups", (Heap.used() - before) / 1024.0, "KiB");
            Lookups.Percentiles warm = percentiles("warm", lookups, WARM_LOOKUPS);
            report.figure("lookups on 1 thread", lookups.perSecond(1) / 1e6, "million/s");
            report.figure("lookups on 2 threads", lookups.perSecond(2) / 1e6, "million/s");
            return warm.p50();
        }
    }

    private Lookups.Percentiles percentiles(String how, Lookups lookups, int lookupCount) throws Exception {
        Lookups.Percentiles each = lookups.each(lookupCount);
        report.figure("lookup, " + how + ", p50", each.p50() / MICRO, "us");
        report.figure("lookup, " + how + ", p99", each.p99() / MICRO, "us");
        return each;
    }

    private ProgramDigest[] questions(int questions, long seed) {
        return Keys.questions(questions, count, seed);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / MILLI;
    }
}
