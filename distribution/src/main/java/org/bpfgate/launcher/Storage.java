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
     * there already; so no random numbers, which cost start-up.
     */
    static Storage create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        while (true) {
            String name = "bpfgate-" + Long.toHexString(System.nanoTime());
            try {
                return new Storage(Files.createDirectory(parent.resolve(name), owner));
            } catch (FileAlreadyExistsException e) {
                // The next name is another one.
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
