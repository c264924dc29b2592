package org.bpfgate.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH benchmarks one fork at a time, so that a section can alternate the two sides of a ratio. */
public final class Jmh {
    /** Felix uses it; without the option JDK 25 prints a warning into the figures. */
    private static final String ALLOW_UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    /** The native cryptography of the gate needs it; without the option JDK 25 prints a warning, too. */
    private static final String ALLOW_NATIVE = "--enable-native-access=ALL-UNNAMED";

    private static final int WARM_UP_SECONDS = 3;
    private static final int MEASURED_SECONDS = 3;

    private Jmh() {}

    /**
     * What one fork measured.
     *
     * @param nanos per call and thread, the mean over all iterations
     * @param bytes allocated per call
     */
    public record Measured(double nanos, double bytes) {}

    /**
     * Measures one method in a fresh JVM.
     *
     * @param benchmark the class
     * @param method the method that has {@code @Benchmark}
     * @param threads that call it at once
     * @param parameters values of the fields with {@code @Param}
     */
    public static Measured run(Class<?> benchmark, String method, int threads, Map<String, String> parameters) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getCanonicalName() + "." + method) + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(threads)
                .forks(1)
                .warmupIterations(WARM_UP_SECONDS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASURED_SECONDS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(ALLOW_UNSAFE, ALLOW_NATIVE)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        parameters.forEach(options::param);
        return measured(options);
    }

    private static Measured measured(ChainedOptionsBuilder options) {
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            RunResult only = results.iterator().next();
            Result<?> allocated =
                    Objects.requireNonNull(only.getSecondaryResults().get("gc.alloc.rate.norm"));
            return new Measured(only.getPrimaryResult().getScore(), allocated.getScore());
        } catch (RunnerException e) {
            throw new IllegalStateException("a benchmark failed", e);
        }
    }
}
