package org.bpfgate.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The framework's storage for one command: a private directory that nobody needs afterwards. */
record Storage(Path directory) {
    /**
     * Makes a directory that only this user can enter. Its name needs not be secret, as creation fails where something is
     * there already; so no random numbers, which cost start-up. It is where the start script found {@code TMPDIR} to point.
     *
     * @throws IOException with the place and what to do, when no directory can be made there
     */
    static Storage create() throws IOException {
        String tmpdir = System.getProperty("bpfgate.tmp");
        Path parent = Path.of(tmpdir == null ? System.getProperty("java.io.tmpdir") : tmpdir);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        while (true) {
            String name = "bpfgate-" + Long.toHexString(System.nanoTime());
            try {
                return new Storage(Files.createDirectory(parent.resolve(name), owner));
            } catch (FileAlreadyExistsException e) {
                // The next name is another one.
            } catch (IOException e) {
                throw new IOException(
                        parent + ": no directory for temporary files can be made there; TMPDIR names another place", e);
            }
        }
    }

    /** Deletes it; what cannot be deleted is left to whoever cleans the temporary files. */
    void delete() {
        try {
            delete(directory.toFile());
        } catch (IOException e) {
            System.err.println("bpfgate: " + directory + " cannot be deleted");
        }
    }

    private static void delete(File file) throws IOException {
        File[] children = file.listFiles();
        if (children != null) {
            for (File child : children) {
                delete(child);
            }
        }
        Files.delete(file.toPath());
    }
}
