package org.bpfgate.benchmarks.allowlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.benchmarks.Tool;
import org.bpfgate.integrity.hash.internal.index.CompiledIndex;
import org.bpfgate.integrity.hash.internal.index.IndexException;

/** A compiled list of 10^6 digests, or of as many as the environment variable {@value #ENTRIES} says. */
public final class AllowlistSection implements Section {
    private static final String ENTRIES = "BPFGATE_BENCHMARK_ENTRIES";
    private static final long DEFAULT_ENTRIES = 1_000_000;
    private static final long MOST_ENTRIES = 1_000_000_000;

    /** With more, the heap of a hash set and the time to fill the databases are what is measured. */
    private static final long MOST_FOR_PEERS = 10_000_000;

    /** Sorting whole lines is the work of both, and each does some that the other does not. */
    private static final double BUILD_TARGET = 1;

    /** Bytes: a digest of 32 and one for all else. */
    private static final double SIZE_TARGET = 33;

    private static final double FASTER = 1;

    @Override
    public String name() {
        return "allowlist";
    }

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        long count = entries();
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path text = directory.path().resolve("text");
            Path sorted = directory.path().resolve("sorted");
            Path index = directory.path().resolve("index");
            Keys.writeList(text, count);
            report.figure("entries", (double) count, "");
            build(report, text, sorted, index);
            Files.delete(text);
            firstOpening(report, index);
            sizes(report, directory.path(), index, count);
            measure(report, new IndexStore(index), peers(directory.path(), sorted, count), sorted, count);
            Reload.measure(report, directory.path(), index);
        }
    }

    private static long entries() throws SkippedException {
        String text = System.getenv(ENTRIES);
        try {
            long count = text == null ? DEFAULT_ENTRIES : Long.parseLong(text);
            if (count >= 1 && count <= MOST_ENTRIES) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is too large.
        }
        throw new SkippedException(ENTRIES + " must be a number from 1 to " + MOST_ENTRIES + ", not " + text);
    }

    private static void build(Report report, Path text, Path sorted, Path index)
            throws IOException, InterruptedException, SkippedException {
        double sort = OtherProgram.seconds(List.of("sort", "-u", "-o", sorted.toString(), text.toString()));
        String bpfgate = Tool.ofProject("bpfgate").toString();
        double build =
                OtherProgram.seconds(List.of(bpfgate, "allowlist", "build", "-o", index.toString(), text.toString()));
        report.ratio("bpfgate allowlist build / LC_ALL=C sort -u", build / sort, BUILD_TARGET);
        report.figure("bpfgate allowlist build", build, "s");
        report.figure("sort", sort, "s");
    }

    private static void sizes(Report report, Path directory, Path index, long count) throws IOException {
        report.ratio("bytes per entry", (double) Files.size(index) / count, SIZE_TARGET);
        report.ratio(
                "bytes per entry, with types and " + NamedList.NAMES + " names",
                NamedList.bytesPerEntry(directory.resolve("named"), count),
                SIZE_TARGET);
    }

    /** Loads classes, mostly of the JDK. The other stores load theirs when they are made. */
    private static void firstOpening(Report report, Path index) throws IOException {
        long start = System.nanoTime();
        try {
            CompiledIndex.open(index);
        } catch (IndexException e) {
            throw new IOException(e);
        }
        report.figure(
                "a compiled list opened, in a JVM that has never done it", (System.nanoTime() - start) / 1e6, "ms");
    }

    private static List<Store> peers(Path directory, Path sorted, long count) {
        List<Store> peers = new ArrayList<>();
        if (count <= MOST_FOR_PEERS) {
            peers.add(new HashSetStore(sorted, count));
            peers.add(new SqliteStore(directory.resolve("sqlite")));
            peers.add(new LmdbStore(directory.resolve("lmdb"), count));
        }
        return peers;
    }

    private static void measure(Report report, Store index, List<Store> peers, Path sorted, long count)
            throws IOException, InterruptedException, SkippedException {
        StoreMeasurement.Figures own = measure(report, index, sorted, count);
        for (Store peer : peers) {
            StoreMeasurement.Figures other = measure(report, peer, sorted, count);
            report.ratio("open, compiled list / " + peer.name(), own.open() / other.open(), FASTER);
            report.ratio("lookup p50, compiled list / " + peer.name(), own.lookup() / other.lookup(), FASTER);
        }
        if (peers.isEmpty()) {
            report.skipped("the other stores, with more than " + MOST_FOR_PEERS + " entries");
        }
    }

    private static StoreMeasurement.Figures measure(Report report, Store store, Path sorted, long count)
            throws IOException, InterruptedException, SkippedException {
        try {
            return new StoreMeasurement(store, count, report).run(sorted);
        } catch (IOException | InterruptedException | SkippedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(store.name() + " failed: " + e.getMessage(), e);
        }
    }
}
