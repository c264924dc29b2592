package org.bpfgate.integrity.hash.index.internal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts any number of digests in a fixed amount of memory: full runs are sorted and put aside in files, which are deleted when
 * the sorter is closed. For one thread.
 */
final class DigestSorter implements Closeable {
    /** Digests in a run: 32 MiB of them and 8 MiB for their order, so that the default heap of a small machine is enough. */
    static final int RUN = 1 << 20;

    private final Path directory;
    private final int runSize;
    private final List<Path> files = new ArrayList<>();
    private DigestRun run;

    /**
     * Makes an empty sorter.
     *
     * @param directory where runs are put aside
     * @param runSize digests in a run, at most {@value #RUN}
     */
    DigestSorter(Path directory, int runSize) {
        this.directory = directory;
        this.runSize = runSize;
        run = new DigestRun(runSize);
    }

    /** Adds a digest; copies it. */
    void add(byte[] digest) throws IOException {
        if (run.isFull()) {
            putAside();
        }
        run.add(digest);
    }

    private void putAside() throws IOException {
        Path file = Files.createTempFile(directory, "bpfgate-run-", ".tmp");
        files.add(file);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                DigestCursor sorted = run.sorted()) {
            while (sorted.advance()) {
                out.write(sorted.head());
            }
        }
        run = new DigestRun(runSize);
    }

    /** Returns one cursor for each run; nothing may be added any more. The caller closes them. */
    List<DigestCursor> runs() throws IOException {
        List<DigestCursor> cursors = new ArrayList<>();
        for (Path file : files) {
            cursors.add(new RunFileCursor(file));
        }
        cursors.add(run.sorted());
        return cursors;
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
