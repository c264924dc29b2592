package org.bpfgate.integrity.hash.index.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a run that was put aside. */
final class RunFileCursor implements DigestCursor {
    /** Bytes read at once: with the 96 runs of 10^8 digests, 6 MiB together. */
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] head = new byte[Block.DIGEST];

    RunFileCursor(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    @Override
    public boolean advance() throws IOException {
        return in.readNBytes(head, 0, head.length) == head.length;
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
