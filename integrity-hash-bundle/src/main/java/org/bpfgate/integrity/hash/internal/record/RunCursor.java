package org.bpfgate.integrity.hash.internal.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a run, which is in memory or was put aside in a file. */
final class RunCursor implements RecordCursor {
    /** Bytes read at once: with the 96 runs of 10^8 digests, 24 MiB together. */
    private static final int BUFFER = 1 << 18;

    private final InputStream in;
    private final int width;
    private final byte[] buffer;
    private final byte[] head = new byte[IndexRecord.SIZE];
    private int next;
    private int filled;

    private RunCursor(InputStream in, int width) {
        this.in = in;
        this.width = width;
        buffer = new byte[BUFFER / width * width];
    }

    /**
     * Begins with the first record of a run in memory.
     *
     * @param width bytes of each record in the run; the others are zeros
     */
    static RunCursor of(RecordRun run, int width) {
        return new RunCursor(new ByteArrayInputStream(run.sorted(), 0, run.bytes()), width);
    }

    /**
     * Opens a file and begins with its first record.
     *
     * @param width bytes of each record in the file; the others are zeros
     */
    static RunCursor of(Path file, int width) throws IOException {
        return new RunCursor(Files.newInputStream(file), width);
    }

    @Override
    public boolean advance() throws IOException {
        if (next == filled) {
            filled = in.readNBytes(buffer, 0, buffer.length);
            next = 0;
        }
        if (filled - next < width) {
            return false;
        }
        System.arraycopy(buffer, next, head, 0, width);
        next += width;
        return true;
    }

    @Override
    public byte[] head() {
        return head;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
