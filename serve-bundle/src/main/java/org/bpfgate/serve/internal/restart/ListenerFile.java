package org.bpfgate.serve.internal.restart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The file that says which listeners the gate has. It is written beside the old one, synchronised and renamed, so that a gate that is killed
 * leaves a whole one. It counts until the machine starts again: no process and no listener is older. For one thread at a time.
 */
final class ListenerFile {
    /** Some 50,000 listeners with long commands; bounds what a wrong file can cost. */
    private static final int LARGEST = 64 << 20;

    private final Path file;
    private final String boot = HostProcess.boot();

    ListenerFile(Path file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @return none when there is no file, or one from before the machine was started
     * @throws IOException when it is damaged; one line with the file and what follows
     */
    List<ListenerEntry> read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                throw new IOException("it has more than " + LARGEST + " bytes");
            }
            return ListenerText.read(text, boot);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "; which processes the gate before this one had is not known, so look for services whose calls of"
                            + " bpf(2) fail with ENOSYS, and start them again",
                    e);
        }
    }

    /**
     * Replaces it.
     *
     * @throws IOException with the file, when that fails; the old one then counts
     */
    void write(List<ListenerEntry> entries) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            try (FileChannel out = FileChannel.open(
                    draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer text = ByteBuffer.wrap(ListenerText.write(boot, entries));
                while (text.hasRemaining()) {
                    out.write(text);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
