package org.bpfgate.serve.internal.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of the index. A change is prepared, which is all that a full disk can spoil, and takes effect by one rename. Used by one
 * thread at a time.
 */
public final class IndexFile {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** Some 10,000 modules. */
    private static final int LARGEST = 8 << 20;

    private final Path directory;
    private final Path file;
    private final Path draft;
    private final StoreFiles files;

    /**
     * The file of a store.
     *
     * @param directory that of the store
     */
    public IndexFile(Path directory, StoreFiles files) {
        this.directory = directory;
        file = directory.resolve("index.json");
        draft = directory.resolve("index.json.new");
        this.files = files;
    }

    /**
     * Reads the index.
     *
     * @return it; empty when there is no file
     * @throws IOException when the file is damaged; one line with the file and what to do
     */
    public ModuleIndex read() throws IOException {
        if (Files.notExists(file)) {
            return ModuleIndex.EMPTY;
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it has more than " + LARGEST + " bytes");
            }
            return IndexText.read(Files.readAllBytes(file));
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IOException(
                    file + " cannot be read: " + reason
                            + "; take it from a backup, or delete it and install the modules again",
                    e);
        }
    }

    /** Writes a change beside the file. */
    public void prepare(ModuleIndex index) throws IOException {
        files.delete(draft);
        try (FileChannel out = files.create(draft)) {
            files.write(out, ByteBuffer.wrap(IndexText.write(index)));
            files.sync(out);
        }
    }

    /**
     * Lets the prepared change take effect.
     *
     * @throws IOException when it does not
     */
    public void commit() throws IOException {
        files.rename(draft, file);
        try {
            files.syncDirectory(directory);
        } catch (IOException e) {
            // It holds; whether it survives a crash of the machine is for the disk to say.
            LOG.log(Level.WARNING, () -> file + " may be the old one after a crash of this machine: " + e.getMessage());
        }
    }

    /** Drops the prepared change. */
    public void drop() {
        try {
            files.delete(draft);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> draft + " cannot be deleted: " + e.getMessage());
        }
    }
}
