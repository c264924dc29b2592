package org.bpfgate.integrity.hash.internal.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts any number of records in a fixed amount of memory: full runs are sorted and put aside in files, which are deleted when
 * the sorter is closed. For one thread.
 */
public final class RecordSorter implements Closeable {
    /** Most records in a run. */
    public static final int RUN = 1 << 20;

    /** Most bytes of a run, and as much again while it is sorted, so that the default heap of a small machine is enough: 48 MiB. */
    private static final int BYTES = 48 << 20;

    private final Path directory;
    private final int width;
    private final List<Path> files = new ArrayList<>();
    private final RecordRun run;

    /**
     * Makes an empty sorter.
     *
     * @param directory where runs are put aside
     * @param width how many first bytes of a record are kept; the others are zeros
     * @param runSize records in a run, at most {@value #RUN}; fewer are taken where they would take more than 48 MiB
     */
    public RecordSorter(Path directory, int width, int runSize) {
        this.directory = directory;
        this.width = width;
        run = new RecordRun(width, Math.min(runSize, BYTES / width));
    }

    /** Adds a record; copies it. */
    public void add(byte[] record) throws IOException {
        if (run.isFull()) {
            putAside();
        }
        run.add(record);
    }

    private void putAside() throws IOException {
        Path file = Files.createTempFile(directory, "bpfgate-run-", ".tmp");
        files.add(file);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(run.sorted(), 0, run.bytes());
        }
        run.clear();
    }

    /** Returns one cursor for each run, from the beginning; nothing may be added while they are in use. The caller closes them. */
    public List<RecordCursor> runs() throws IOException {
        List<RecordCursor> cursors = new ArrayList<>();
        for (Path file : files) {
            cursors.add(RunCursor.of(file, width));
        }
        cursors.add(RunCursor.of(run, width));
        return cursors;
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
