package org.bpfgate.benchmarks.policy;

import java.util.Map;
import org.bpfgate.benchmarks.Jmh;
import org.bpfgate.benchmarks.Jmh.Measured;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;

/** What rules that cannot match cost, and how fast a policy is read. */
public final class PolicySection implements Section {
    private static final int[] SIZES = {10, 1_000, 100_000};
    private static final int ROUNDS = 3;

    /** The cost is not to grow; what a larger table costs in caches is allowed for. */
    private static final double TARGET = 3;

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public void run(Report report) {
        double[] indexed = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            indexed[i] = compare(report, SIZES[i]);
        }
        report.ratio("evaluation with 100,000 rules / with 1,000", indexed[2] / indexed[1], TARGET);
        parse(report, SIZES[SIZES.length - 1]);
    }

    private static double compare(Report report, int rules) {
        double[] indexed = new double[ROUNDS];
        double[] walk = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        double bytes = 0;
        for (int i = 0; i < ROUNDS; i++) {
            walk[i] = measure("walk", rules).nanos();
            Measured own = measure("indexed", rules);
            indexed[i] = own.nanos();
            ratios[i] = indexed[i] / walk[i];
            bytes = own.bytes();
        }
        report.ratio("evaluation / walk over the rules, " + rules + " rules", Median.of(ratios));
        report.figure("evaluation", Median.of(indexed), "ns");
        report.figure("walk", Median.of(walk), "ns");
        report.figure("allocated per evaluation", bytes, "bytes");
        return Median.of(indexed);
    }

    private static void parse(Report report, int rules) {
        double seconds = measure("parse", rules).nanos() / 1e9;
        report.figure("reading a policy of " + rules + " rules", seconds * 1e3, "ms");
        report.figure("that is", ManyRules.text(rules).length / 1e6 / seconds, "MB/s");
        report.figure("that is", rules / seconds, "rules/s");
    }

    private static Measured measure(String method, int rules) {
        return Jmh.run(PolicyBenchmark.class, method, 1, Map.of("rules", Integer.toString(rules)));
    }
}
