package org.bpfgate.command.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.bpfgate.command.read.internal.InputException;

/** Writes the file of a signature. */
final class SignatureFile {
    private SignatureFile() {}

    /**
     * Renames into place, so that nobody ever reads half a signature.
     *
     * @throws InputException when the file cannot be written
     */
    static void write(Path target, byte[] signature) throws InputException {
        Path directory = target.toAbsolutePath().getParent();
        try {
            Path draft = Files.createTempFile(directory, "." + target.getFileName(), ".new");
            try {
                Files.write(draft, signature);
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new InputException(target, "cannot be written");
        }
    }
}
