package org.bpfgate.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
            String name = "bpfgate-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
            try {
                return new Storage(Files.createDirectory(parent.resolve(name), owner));
            } catch (FileAlreadyExistsException e) {
                // The next name is another one.
            }
        }
    }

    /** Deletes it; what cannot be deleted is left to whoever cleans the temporary files. */
    void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("bpfgate: " + directory + " cannot be deleted");
        }
    }
}
