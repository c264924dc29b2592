package org.bpfgate.command.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads regular files up to a size, and nothing that could block or grow without end. */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * Reads a whole file.
     *
     * @param limit the largest size in bytes that is read into memory
     * @throws InputException when the file is missing, unreadable, not a regular file, or larger than the limit
     */
    public static byte[] read(Path file, int limit) throws InputException {
        try {
            requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class), limit);
            try (InputStream in = Files.newInputStream(file)) {
                // The file may have grown since its size was looked at: one byte more than allowed tells.
                byte[] bytes = in.readNBytes(limit + 1);
                requireFits(file, bytes.length, limit);
                return bytes;
            }
        } catch (IOException e) {
            throw new InputException(file, explain(e));
        }
    }

    /**
     * Reads the first bytes of a file, to see what it is.
     *
     * @param count how many bytes are wanted; the result is shorter only when the file is
     * @throws InputException when the file is missing, unreadable or not a regular file
     */
    public static byte[] head(Path file, int count) throws InputException {
        try {
            requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class), Long.MAX_VALUE);
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(count);
            }
        } catch (IOException e) {
            throw new InputException(file, explain(e));
        }
    }

    private static void requireRegular(Path file, BasicFileAttributes attributes, long limit) throws InputException {
        if (attributes.isDirectory()) {
            throw new InputException(file, "is a directory");
        }
        // Opening a FIFO would wait for a writer, and a device may never end.
        if (!attributes.isRegularFile()) {
            throw new InputException(file, "is not a regular file");
        }
        requireFits(file, attributes.size(), limit);
    }

    private static void requireFits(Path file, long size, long limit) throws InputException {
        if (size > limit) {
            throw new InputException(file, "is larger than " + limit + " bytes");
        }
    }

    /** Says in words what the file system refused. */
    public static String explain(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = fault.getMessage();
        return "cannot be read: " + (message == null ? fault.getClass().getSimpleName() : message);
    }
}
