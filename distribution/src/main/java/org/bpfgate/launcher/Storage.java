package org.bpfgate.launcher;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The framework's storage for one command: a private directory that nobody needs afterwards. When the JVM ends, by a signal too, it is
 * deleted at the latest. Safe for use by several threads.
 */
final class Storage implements AutoCloseable {
    private final Path directory;
    private final InputStream reserve;
    private final Thread atExit = new Thread(this::delete, "bpfgate-storage");

    /**
     * Takes a directory.
     *
     * @param reserve a descriptor, with which the directory can be read, and so deleted, when the others are used up
     */
    private Storage(Path directory, InputStream reserve) {
        this.directory = directory;
        this.reserve = reserve;
    }

    /** Returns where it is. */
    Path directory() {
        return directory;
    }

    /**
     * Makes a directory that only this user can enter. Its name needs not be secret, as creation fails where something is
     * there already; so no random numbers, which cost start-up. It is where the start script found {@code TMPDIR} to point.
     *
     * @throws IOException with the place and what to do, when no directory can be made there; or when no file can be opened
     */
    static Storage create() throws IOException {
        String tmpdir = System.getProperty("bpfgate.tmp");
        Path parent = Path.of(tmpdir == null ? System.getProperty("java.io.tmpdir") : tmpdir);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        InputStream reserve = new FileInputStream("/dev/null");
        while (true) {
            String name = "bpfgate-" + Long.toHexString(System.nanoTime());
            try {
                Storage storage = new Storage(Files.createDirectory(parent.resolve(name), owner), reserve);
                Runtime.getRuntime().addShutdownHook(storage.atExit);
                return storage;
            } catch (FileAlreadyExistsException e) {
                // The next name is another one.
            } catch (IOException e) {
                throw new IOException(
                        parent + ": no directory for temporary files can be made there; TMPDIR names another place", e);
            }
        }
    }

    private synchronized boolean delete() {
        try {
            reserve.close();
            delete(directory.toFile());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes it; what cannot be deleted is left to whoever cleans the temporary files. */
    @Override
    public void close() {
        if (!delete()) {
            System.err.println("bpfgate: " + directory + " cannot be deleted");
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook finds nothing.
        }
    }

    private static void delete(File file) throws IOException {
        File[] children = file.listFiles();
        if (children != null) {
            for (File child : children) {
                delete(child);
            }
        }
        Files.deleteIfExists(file.toPath());
    }
}
