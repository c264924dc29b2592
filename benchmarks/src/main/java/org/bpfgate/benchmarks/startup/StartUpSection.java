package org.bpfgate.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;

/** {@code bpfgate check} of one signed program as a whole process, and a JVM that prints one line, in turns. */
public final class StartUpSection implements Section {
    private static final double TARGET = 8;

    private static final int WARM_UP = 3;
    private static final int PAIRS = 21;

    /** Nanoseconds in a millisecond. */
    private static final double MILLI = 1e6;

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException {
        Command check = check();
        Command line = oneLine();
        double[] checks = new double[PAIRS];
        double[] lines = new double[PAIRS];
        double[] ratios = new double[PAIRS];
        for (int i = -WARM_UP; i < PAIRS; i++) {
            double checkMillis = check.nanos() / MILLI;
            double lineMillis = line.nanos() / MILLI;
            if (i >= 0) {
                checks[i] = checkMillis;
                lines[i] = lineMillis;
                ratios[i] = checkMillis / lineMillis;
            }
        }
        report.ratio("bpfgate check / a JVM that prints one line, " + PAIRS + " pairs", Median.of(ratios), TARGET);
        report.figure("bpfgate check", Median.of(checks), "ms");
        report.figure("a JVM that prints one line", Median.of(lines), "ms");
    }

    private static Command check() {
        Path root = Path.of(System.getProperty("bpfgate.root"));
        Path example = root.resolve("examples/quickstart");
        return new Command(List.of(
                root.resolve("bpfgate").toString(),
                "check",
                "--trust",
                example.resolve("trust").toString(),
                example.resolve("programs/xdp_count.lskel.h").toString()));
    }

    private static Command oneLine() {
        return new Command(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(System.getProperty("bpfgate.root"), "benchmarks/target/benchmarks.jar")
                        .toString(),
                OneLine.class.getName()));
    }
}
