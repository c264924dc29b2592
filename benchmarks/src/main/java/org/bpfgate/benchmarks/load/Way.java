package org.bpfgate.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.Tool;

/** One way into the kernel for the same client, measured several times. */
final class Way {
    /** As many loads again before them warm up the gate's JVM. */
    static final int LOADS = 10_000;

    private final String name;
    private final List<String> words;
    private final int errno;
    private final double[] medians;
    private final double[] p99s;

    private Way(String name, int rounds, int errno, List<String> words) {
        this.name = name;
        this.errno = errno;
        this.words = List.copyOf(words);
        medians = new double[rounds];
        p99s = new double[rounds];
    }

    /**
     * The client behind a prefix, which may be empty.
     *
     * @param signature what the loads carry
     * @param errno how the loads are to end; 0 for success
     */
    static Way of(LoadFiles files, String name, int rounds, Signature signature, int errno, Object... prefix) {
        return of(files, name, rounds, LOADS, signature, errno, prefix);
    }

    /**
     * The client behind a prefix, with another number of loads.
     *
     * @param loads how many count in a round; as many come before them
     */
    static Way of(
            LoadFiles files, String name, int rounds, int loads, Signature signature, int errno, Object... prefix) {
        List<String> words = new ArrayList<>();
        Arrays.stream(prefix).map(Object::toString).forEach(words::add);
        words.add(files.client().toString());
        words.add(Integer.toString(loads));
        words.add(files.program().toString());
        words.addAll(signature.words(files));
        return new Way(name, rounds, errno, words);
    }

    /**
     * Measures once.
     *
     * @throws SkippedException when this machine does not let the client do it
     */
    void round(int number) throws IOException, InterruptedException, SkippedException {
        // What the gate has to say follows behind the client's line.
        String output = Tool.run(words, name + " does not work here");
        LoadTimes times = LoadTimes.parse(output.lines().findFirst().orElse(""));
        if (times.errno() != errno) {
            throw new SkippedException(
                    name + ": the loads end with error " + times.errno() + ", not " + errno + "; loading takes root");
        }
        medians[number] = times.median();
        p99s[number] = times.p99();
    }

    String name() {
        return name;
    }

    double median() {
        return Median.of(medians);
    }

    double p99() {
        return Median.of(p99s);
    }

    /** Returns the median of the rounds' ratios of medians. */
    double ratioTo(Way other) {
        double[] ratios = new double[medians.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = medians[i] / other.medians[i];
        }
        return Median.of(ratios);
    }
}
