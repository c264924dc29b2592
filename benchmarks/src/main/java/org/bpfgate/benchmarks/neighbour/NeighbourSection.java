package org.bpfgate.benchmarks.neighbour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.benchmarks.Tool;

/**
 * One client loads a small program again and again under {@code bpfgate run}: alone, then beside a process with 40 threads whose
 * attributes lie on pages that never come, so that the gate's threads that read them are stuck, then alone again. The faster of the
 * two times alone counts, because the gate's JVM still warms up.
 */
public final class NeighbourSection implements Section {
    private static final int ROUNDS = 5;
    private static final int STUCK = 40;
    private static final int LOADS = 1_000;

    /** Beside stuck clients against alone. */
    private static final double TARGET = 2;

    private static final Pattern FIGURES =
            Pattern.compile("alone ([0-9]+) beside [0-9]+ stuck threads ([0-9]+) alone again ([0-9]+)");

    private static final String POLICY = """
            policy_name=benchmark policy_version=1.0.0
            DEFAULT action=ALLOW
            """;

    @Override
    public String name() {
        return "neighbour";
    }

    /** Two figures of one round, in microseconds. */
    private record Round(double alone, double beside) {}

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path client = directory.path().resolve("client");
            Tool.cc(
                    Tool.ofProject("kernel-bundle/src/test/resources/client/hostile.c"),
                    client,
                    "a C compiler is needed",
                    "-pthread");
            Path policy = Files.writeString(directory.path().resolve("policy.ipe"), POLICY);
            Path fuse = Files.createDirectory(directory.path().resolve("fuse"));
            Round[] rounds = new Round[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                rounds[i] = round(client, policy, fuse);
            }
            report.ratio(
                    "p99 of a load beside " + STUCK + " stuck threads / alone",
                    median(rounds, round -> round.beside() / round.alone()),
                    TARGET);
            report.figure("alone, p99", median(rounds, Round::alone), "us");
            report.figure("beside " + STUCK + " stuck threads, p99", median(rounds, Round::beside), "us");
        }
    }

    private static Round round(Path client, Path policy, Path fuse)
            throws IOException, InterruptedException, SkippedException {
        List<String> words = List.of(
                Tool.ofProject("bpfgate").toString(),
                "run",
                "--policy",
                policy.toString(),
                "--",
                "env",
                "FUSE_DIRECTORY=" + fuse,
                client.toString(),
                "stuck",
                Integer.toString(STUCK),
                Integer.toString(LOADS));
        String output = Tool.run(words, "the client needs root and FUSE");
        Matcher figures = FIGURES.matcher(output);
        if (!figures.find()) {
            throw new SkippedException("the client printed no figures: " + output);
        }
        double alone = Math.min(Double.parseDouble(figures.group(1)), Double.parseDouble(figures.group(3)));
        return new Round(alone, Double.parseDouble(figures.group(2)));
    }

    private static double median(Round[] rounds, ToDoubleFunction<Round> figure) {
        return Median.of(Arrays.stream(rounds).mapToDouble(figure).toArray());
    }
}
