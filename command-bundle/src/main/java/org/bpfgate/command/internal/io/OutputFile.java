package org.bpfgate.command.internal.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes the file that an option names. */
public final class OutputFile {
    /** How users name standard output. */
    public static final Path STANDARD_OUTPUT = Path.of("-");

    /** Opened by these names, a regular file would be written from its beginning, beside what is printed. */
    private static final Set<Path> STANDARD_OUTPUTS =
            Set.of(STANDARD_OUTPUT, Path.of("/dev/stdout"), Path.of("/dev/fd/1"), Path.of("/proc/self/fd/1"));

    /** {@code MAXSYMLINKS} of Linux. */
    private static final int MAX_LINKS = 40;

    private OutputFile() {}

    /** Returns whether a path stands for standard output. */
    public static boolean isStandardOutput(Path target) {
        return STANDARD_OUTPUTS.contains(target);
    }

    /** Returns whether something is there that a rename must not replace, such as a device or a pipe. */
    public static boolean isSpecial(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
    }

    /**
     * Returns the file that a rename is to replace: a symbolic link stays, and the file that it names is replaced, whether it exists or not.
     *
     * @throws IOException when a link cannot be read
     */
    public static Path followed(Path target) throws IOException {
        Path file = target;
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(target.toString(), null, "too many levels of symbolic links");
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }

    /**
     * Writes a file. It is renamed into place, so that nobody ever reads half of it; what is no regular file, such as a device,
     * is written to.
     *
     * @throws InputException when it cannot be written
     */
    public static void write(Path target, byte[] content) throws InputException {
        try {
            if (isSpecial(target)) {
                Files.write(target, content);
            } else {
                replace(followed(target), content);
            }
        } catch (IOException e) {
            throw fault(target, e);
        }
    }

    /** Says why a file cannot be written. */
    public static InputException fault(Path target, IOException cause) {
        return new InputException(target, "cannot be written: " + reason(target, cause));
    }

    private static String reason(Path target, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no directory " + target.toAbsolutePath().getParent();
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(directory, "." + target.getFileName(), ".new");
        try {
            Files.write(draft, content);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
