package org.bpfgate.benchmarks.allowlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;
import org.bpfgate.integrity.hash.internal.index.IndexBuilder;
import org.bpfgate.integrity.hash.internal.index.IndexException;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationException;

/**
 * A gate whose list is replaced while threads decide. Two lists take turns, which differ in one program: what is said about
 * it tells which one is in use.
 */
final class Reload {
    private static final int THREADS = 8;
    private static final int ROUNDS = 10;

    /** The gate looks once a second whether a list has changed. */
    private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;

    private static final long PAUSE_MILLIS = 5;
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final ProgramLoad MARKER = DecidingThread.load(0, -1);

    private final SecurityHooks hooks;
    private final Path list;
    private final List<Path> versions;
    private final List<DecidingThread> threads = new ArrayList<>();

    private Reload(SecurityHooks hooks, Path list, Path without, Path with) {
        this.hooks = hooks;
        this.list = list;
        versions = List.of(without, with);
    }

    /**
     * Measures.
     *
     * @param index the list without the marker; stays
     */
    static void measure(Report report, Path directory, Path index) throws IOException, InterruptedException {
        report.begin("  reload under " + THREADS + " deciding threads");
        Path list = directory.resolve("reloaded");
        Path with = directory.resolve("with-marker");
        try (EmbeddedGate gate = EmbeddedGate.start(Map.of())) {
            write(index, with);
            Files.createLink(list, index);
            gate.startFromClassPath("integrity-hash-bundle");
            gate.configure("org.bpfgate.allowlist", Map.of("lists", new String[] {list.toString()}));
            new Reload(gate.hooks(), list, index, with).run(report);
        } catch (BundleException | ConfigurationException | IndexException e) {
            throw new IOException("the gate does not take the list: " + e.getMessage(), e);
        }
    }

    private static void write(Path index, Path with) throws IOException, IndexException {
        ProgramDigest digest = MARKER.program().instructions().digest().orElseThrow();
        try (IndexBuilder builder = new IndexBuilder(with)) {
            builder.addAll(CompiledIndex.open(index));
            builder.add(digest);
            builder.write(Instant.EPOCH, Instant.ofEpochSecond(4_000_000_000L));
        }
    }

    private void run(Report report) throws IOException, InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            threads.add(new DecidingThread(hooks, i));
        }
        try {
            replace(1);
            replace(0);
            rounds(report);
        } finally {
            for (DecidingThread thread : threads) {
                thread.end();
            }
        }
    }

    private void rounds(Report report) throws IOException, InterruptedException {
        double[] during = new double[ROUNDS];
        double[] without = new double[ROUNDS];
        double[] took = new double[ROUNDS];
        long before = decisions();
        long begin = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            takeLongest();
            long start = System.nanoTime();
            replace(1 - i % 2);
            long nanos = System.nanoTime() - start;
            during[i] = takeLongest() / MICRO;
            took[i] = nanos / MILLI;
            waitAsLong(nanos);
            without[i] = takeLongest() / MICRO;
        }
        report.figure("decisions in a millisecond", (decisions() - before) * MILLI / (System.nanoTime() - begin), "");
        report.ratio(
                "longest decision with a reload / in a time as long, median", Median.of(during) / Median.of(without));
        report.figure("longest decision with a reload, median of " + ROUNDS, Median.of(during), "us");
        report.figure("longest decision of a time as long without one, median", Median.of(without), "us");
        report.figure("longest decision with a reload, of all", most(during), "us");
        report.figure("longest decision without one, of all", most(without), "us");
        report.figure("from the rename until the new list decides, median", Median.of(took), "ms");
    }

    /** Renames a version over the list and waits until it is in use, asking from time to time as {@link #waitAsLong} does. */
    private void replace(int version) throws IOException, InterruptedException {
        Path draft = Path.of(list + ".draft");
        Files.createLink(draft, versions.get(version));
        Files.move(draft, list, StandardCopyOption.ATOMIC_MOVE);
        long start = System.nanoTime();
        while (DecidingThread.isListed(hooks, MARKER) != (version == 1)) {
            if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                throw new IllegalStateException("the gate did not take the new list");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void waitAsLong(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            DecidingThread.isListed(hooks, MARKER);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static double most(double... values) {
        return Arrays.stream(values).max().orElse(0);
    }

    private long takeLongest() {
        return threads.stream().mapToLong(DecidingThread::takeLongest).max().orElse(0);
    }

    private long decisions() {
        return threads.stream().mapToLong(DecidingThread::decisions).sum();
    }
}
