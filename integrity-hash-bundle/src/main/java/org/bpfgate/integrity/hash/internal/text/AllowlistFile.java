package org.bpfgate.integrity.hash.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Takes a whole list into memory. Only regular files, because reading a pipe or a device may never end. */
public final class AllowlistFile {
    /** Largest size in bytes: about 800,000 entries, far more than a text list that people review. */
    static final int MAX_SIZE = 64 << 20;

    private AllowlistFile() {}

    /**
     * Reads a file; symbolic links are followed.
     *
     * @throws AllowlistException when it is no regular file, cannot be read, or is larger than {@value #MAX_SIZE} bytes
     */
    public static byte[] read(Path list) throws AllowlistException {
        try {
            refuseOversize(list, regular(list).size());
            return readBounded(list);
        } catch (IOException e) {
            throw unreadable(list, e);
        }
    }

    /**
     * Reads the first bytes of a file of any size.
     *
     * @return up to so many bytes
     * @throws AllowlistException when it is no regular file or cannot be read
     */
    public static byte[] head(Path list, int length) throws AllowlistException {
        try (InputStream in = open(list)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw unreadable(list, e);
        }
    }

    /**
     * Opens a file of any size.
     *
     * @throws AllowlistException when it is no regular file or cannot be opened
     */
    static InputStream open(Path list) throws AllowlistException {
        try {
            regular(list);
            return Files.newInputStream(list);
        } catch (IOException e) {
            throw unreadable(list, e);
        }
    }

    /** Returns how many bytes a file has; 0 when it cannot be looked at. */
    public static long size(Path list) {
        return list.toFile().length();
    }

    /** Makes the error for a file that cannot be read. */
    static AllowlistException unreadable(Path list, IOException e) {
        return new AllowlistException(list, "cannot be read: " + cause(e));
    }

    private static BasicFileAttributes regular(Path list) throws IOException, AllowlistException {
        BasicFileAttributes file = Files.readAttributes(list, BasicFileAttributes.class);
        if (file.isDirectory()) {
            throw new AllowlistException(list, "is a directory, not a list");
        }
        if (!file.isRegularFile()) {
            throw new AllowlistException(list, "is a pipe, a device or a socket; a list is a regular file");
        }
        return file;
    }

    /** Counts again while reading: the size in the attributes may be out of date. */
    private static byte[] readBounded(Path list) throws IOException, AllowlistException {
        try (InputStream in = Files.newInputStream(list)) {
            byte[] text = in.readNBytes(MAX_SIZE + 1);
            refuseOversize(list, text.length);
            return text;
        }
    }

    private static void refuseOversize(Path list, long size) throws AllowlistException {
        if (size > MAX_SIZE) {
            throw new AllowlistException(list, "is larger than 64 MiB");
        }
    }

    /** Returns what failed, for users. */
    public static @Nullable String cause(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getMessage();
    }
}
