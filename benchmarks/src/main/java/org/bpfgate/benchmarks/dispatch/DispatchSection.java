package org.bpfgate.benchmarks.dispatch;

import java.util.Map;
import org.bpfgate.benchmarks.Jmh;
import org.bpfgate.benchmarks.Jmh.Measured;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;

/** Dispatch: its cost, its garbage, and how it scales from one thread to two. */
public final class DispatchSection implements Section {
    private static final double TARGET = 1.3;

    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "dispatch";
    }

    @Override
    public void run(Report report) {
        compare(report);
        scale(report);
    }

    private static void compare(Report report) {
        double[] framework = new double[ROUNDS];
        double[] array = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        double bytes = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Measured loop = measure("array", 1);
            Measured whole = measure("framework", 1);
            array[i] = loop.nanos();
            framework[i] = whole.nanos();
            ratios[i] = framework[i] / array[i];
            bytes = whole.bytes() - loop.bytes();
        }
        report.ratio("bpfProgLoad / array loop, 5 modules", Median.of(ratios), TARGET);
        report.figure("bpfProgLoad", Median.of(framework), "ns");
        report.figure("array loop", Median.of(array), "ns");
        report.figure("allocated per decision beyond the load object", bytes, "bytes");
    }

    /** The array loop shares nothing between threads, so what it gains is what this machine has to give. */
    private static void scale(Report report) {
        double framework = gain("framework");
        double array = gain("array");
        report.ratio("throughput of 2 threads / 1 thread, bpfProgLoad", framework);
        report.ratio("throughput of 2 threads / 1 thread, array loop", array);
    }

    private static double gain(String method) {
        double[] gains = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            gains[i] = 2 * measure(method, 1).nanos() / measure(method, 2).nanos();
        }
        return Median.of(gains);
    }

    private static Measured measure(String method, int threads) {
        return Jmh.run(DispatchBenchmark.class, method, threads, Map.of());
    }
}
