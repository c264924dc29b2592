package org.bpfgate.integrity.hash.index.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * Collects digests and names, from entries and from other indexes, and writes them as one index. Its memory does not grow with
 * their number: what does not fit is put aside in files beside the output. For one thread; closing deletes what was put aside.
 */
public final class IndexBuilder implements Closeable {
    private final Path output;
    private final DigestSorter digests;
    private final DigestSorter names;
    private final List<CompiledIndex> indexes = new ArrayList<>();
    private final Set<ProgramDigest> removed = new HashSet<>();
    private final Set<ByteBuffer> removedHalves = new HashSet<>();

    /**
     * Begins an index.
     *
     * @param output the file that {@link #write} replaces
     */
    public IndexBuilder(Path output) {
        this(output, DigestSorter.RUN);
    }

    IndexBuilder(Path output, int runSize) {
        this.output = output;
        Path directory = IndexWriter.directoryOf(output);
        digests = new DigestSorter(directory, runSize);
        names = new DigestSorter(directory, Math.min(runSize, 1 << 18));
    }

    /** Adds a program without a type: it is found by its digest only. */
    public void add(ProgramDigest digest) throws IOException {
        digests.add(digest.toByteArray());
    }

    /** Adds a program that is found by digest, and by name and type. */
    public void add(ProgramDigest digest, String name, ProgramType type) throws IOException {
        add(digest);
        names.add(NameKey.of(name, type, digest));
    }

    /** Adds all that another index has. It is read when this one is written. */
    public void addAll(CompiledIndex index) {
        indexes.add(index);
    }

    /** Leaves a digest out, whichever input has it, and its names, unless another digest has them. */
    public void remove(ProgramDigest digest) {
        removed.add(digest);
        removedHalves.add(NameKey.digestHalf(digest));
    }

    /**
     * Writes the index to a new file and renames it over the output, so that whoever has the old one mapped keeps it whole.
     *
     * @return what was written
     * @throws IOException when that fails; the output is as it was
     * @throws DamagedIndexException when an added index is damaged; the output is as it was
     */
    public IndexHeader write(Instant from, Instant until) throws IOException {
        try (IndexWriter writer = new IndexWriter(output);
                DigestCursor sorted = sorted();
                DigestCursor sortedNames = sortedNames()) {
            long digestCount = writer.writeTable(sorted);
            long nameCount = writer.writeTable(sortedNames);
            return writer.finish(new IndexHeader(digestCount, nameCount, from, until));
        }
    }

    /** Returns all digests in ascending order; nothing may be added any more. The caller closes it. */
    DigestCursor sorted() throws IOException {
        List<DigestCursor> runs = digests.runs();
        for (CompiledIndex index : indexes) {
            runs.add(index.digests());
        }
        DigestCursor all = new MergedDigests(runs);
        return removed.isEmpty() ? all : new WithoutRemoved(all, digest -> removed.contains(ProgramDigest.of(digest)));
    }

    private DigestCursor sortedNames() throws IOException {
        List<DigestCursor> runs = names.runs();
        for (CompiledIndex index : indexes) {
            runs.add(index.names());
        }
        DigestCursor all = new MergedDigests(runs);
        return removed.isEmpty()
                ? all
                : new WithoutRemoved(all, key -> removedHalves.contains(NameKey.digestHalf(key)));
    }

    @Override
    public void close() throws IOException {
        digests.close();
        names.close();
    }
}
