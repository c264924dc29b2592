package org.bpfgate.framework.internal.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that lines are appended to; several processes may append to one. Used by one thread at a time. */
final class AuditFile implements AutoCloseable {
    /** As audit logs are kept: others may not read who was refused what. */
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final FileChannel channel;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean torn;

    AuditFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a file, or makes it with mode 0640.
     *
     * @throws IOException when it cannot be opened for writing, or is not a regular file
     */
    static AuditFile open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("not a regular file");
        }
        return new AuditFile(
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), MODE));
    }

    /** Keeps a line for the next {@link #write}. */
    void add(byte[] line) {
        pending.writeBytes(line);
    }

    /** Returns how many bytes are kept. */
    int pending() {
        return pending.size();
    }

    /**
     * Hands what is kept to the operating system, in one call where that is possible, so that lines of several processes do
     * not mix. What could not be written is dropped; the next write begins with a new line if half a one was left.
     */
    void write() throws IOException {
        byte[] lines = pending.toByteArray();
        pending.reset();
        if (torn) {
            writeFully(new byte[] {'\n'});
            torn = false;
        }
        writeFully(lines);
    }

    private void writeFully(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            torn |= rest.position() > 0;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
