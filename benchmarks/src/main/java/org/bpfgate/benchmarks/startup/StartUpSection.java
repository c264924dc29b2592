package org.bpfgate.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.benchmarks.Command;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.bpfgate.benchmarks.ServedGate;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.benchmarks.Tool;

/**
 * {@code bpfgate check} of one signed program, and {@code bpfgate run} of a command that does nothing, as whole processes,
 * each in turns with a JVM that prints one line.
 */
public final class StartUpSection implements Section {
    private static final double TARGET = 8;

    private static final int WARM_UP = 3;
    private static final int TURNS = 21;

    private static final String ONE_LINE = "a JVM that prints one line";

    /** Nanoseconds in a millisecond. */
    private static final double MILLI = 1e6;

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        Command line = oneLine();
        double[][] times = inTurns(check(), line);
        report.ratio("bpfgate check / " + ONE_LINE + ", " + TURNS + " pairs", ratio(times[0], times[1]), TARGET);
        report.figure("bpfgate check", Median.of(times[0]), "ms");
        report.figure(ONE_LINE, Median.of(times[1]), "ms");
        served(report, line);
        mediated(report, line);
    }

    /** The daemon until it says that it is ready, and a command that asks it. */
    private static void served(Report report, Command line) throws IOException, InterruptedException {
        double[] ready = new double[TURNS];
        double[] one = new double[TURNS];
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            for (int turn = -WARM_UP; turn < TURNS; turn++) {
                long start = System.nanoTime();
                ServedGate gate = ServedGate.start(directory.path());
                double millis = (System.nanoTime() - start) / MILLI;
                gate.close();
                double other = line.nanos() / MILLI;
                if (turn >= 0) {
                    ready[turn] = millis;
                    one[turn] = other;
                }
            }
            report.ratio("bpfgate serve until ready / " + ONE_LINE + ", " + TURNS + " pairs", ratio(ready, one));
            report.figure("bpfgate serve until ready", Median.of(ready), "ms");
            try (ServedGate gate = ServedGate.start(directory.path())) {
                double[][] times = inTurns(new Command(gate.words("lsm", "list")), line);
                report.ratio("bpfgate lsm list / " + ONE_LINE + ", " + TURNS + " pairs", ratio(times[0], times[1]));
                report.figure("bpfgate lsm list", Median.of(times[0]), "ms");
            }
        }
    }

    private static void mediated(Report report, Command line)
            throws SkippedException, IOException, InterruptedException {
        List<String> run = List.of(bpfgate(), "run", "--", "true");
        Tool.run(run, "bpfgate run -- true does not work here");
        double[][] times = inTurns(new Command(run), line, new Command(List.of("true")));
        report.ratio("bpfgate run -- true / " + ONE_LINE + ", " + TURNS + " turns", ratio(times[0], times[1]));
        report.figure("bpfgate run -- true", Median.of(times[0]), "ms");
        report.figure(ONE_LINE, Median.of(times[1]), "ms");
        report.figure("true", Median.of(times[2]), "ms");
    }

    /** Returns the milliseconds of each command by turn. */
    private static double[][] inTurns(Command... commands) throws IOException, InterruptedException {
        double[][] times = new double[commands.length][TURNS];
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            for (int i = 0; i < commands.length; i++) {
                double millis = commands[i].nanos() / MILLI;
                if (turn >= 0) {
                    times[i][turn] = millis;
                }
            }
        }
        return times;
    }

    private static double ratio(double[] times, double[] others) {
        double[] ratios = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            ratios[i] = times[i] / others[i];
        }
        return Median.of(ratios);
    }

    private static Command check() {
        Path example = Tool.ofProject("examples/quickstart");
        return new Command(List.of(
                bpfgate(),
                "check",
                "--trust",
                example.resolve("trust").toString(),
                example.resolve("programs/xdp_count.lskel.h").toString()));
    }

    private static String bpfgate() {
        return Tool.ofProject("bpfgate").toString();
    }

    private static Command oneLine() {
        return new Command(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Tool.ofProject("benchmarks/target/benchmarks.jar").toString(),
                OneLine.class.getName()));
    }
}
