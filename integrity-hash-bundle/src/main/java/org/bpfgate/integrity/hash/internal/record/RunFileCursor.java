package org.bpfgate.integrity.hash.internal.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a run that was put aside. */
final class RunFileCursor implements RecordCursor {
    /** Bytes read at once: with the 96 runs of 10^8 digests, 24 MiB together. */
    private static final int BUFFER = 1 << 18;

    private final InputStream in;
    private final int width;
    private final byte[] buffer;
    private final byte[] head = new byte[IndexRecord.SIZE];
    private int next;
    private int filled;

    /**
     * Opens a run.
     *
     * @param width bytes of each record in the file; the others are zeros
     */
    RunFileCursor(Path file, int width) throws IOException {
        in = Files.newInputStream(file);
        this.width = width;
        buffer = new byte[BUFFER / width * width];
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
