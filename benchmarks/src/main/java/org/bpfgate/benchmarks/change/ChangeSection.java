package org.bpfgate.benchmarks.change;

import java.io.IOException;
import java.util.Map;
import org.bpfgate.benchmarks.Jmh;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.osgi.framework.BundleException;

/** Changes of the stack: what one costs by the number of modules, and how long loads wait while a module is replaced. */
public final class ChangeSection implements Section {
    private static final int ROUNDS = 3;
    private static final int FEW = 5;
    private static final int MANY = 50;

    /** Nanoseconds in a microsecond. */
    private static final double MICRO = 1e3;

    @Override
    public String name() {
        return "change";
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException {
        generations(report);
        try {
            NoOpReplacements.measure(report);
            ShippedReplacements.measure(report);
        } catch (BundleException e) {
            throw new IOException("a replacement failed", e);
        }
    }

    private static void generations(Report report) {
        double[] few = new double[ROUNDS];
        double[] many = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            few[i] = micros(FEW);
            many[i] = micros(MANY);
            ratios[i] = many[i] / few[i];
        }
        report.ratio("generation change with 50 modules / with 5 (linear: 10)", Median.of(ratios));
        report.figure("generation change with 5 modules", Median.of(few), "us");
        report.figure("generation change with 50 modules", Median.of(many), "us");
    }

    private static double micros(int modules) {
        Map<String, String> parameters = Map.of(GenerationBenchmark.MODULES, Integer.toString(modules));
        return Jmh.run(GenerationBenchmark.class, "change", 1, parameters).nanos() / MICRO;
    }
}
