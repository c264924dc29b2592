package org.bpfgate.integrity.sig.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files whole. */
public final class InputFile {
    /** Some hundred certificates; whoever names a larger file has named the wrong one. */
    static final int MAX_SIZE = 1 << 20;

    private InputFile() {}

    /**
     * Reads a file.
     *
     * @return at most {@value #MAX_SIZE} bytes
     * @throws InputFileException when it does not exist, is no regular file, is larger, or cannot be read
     */
    public static byte[] read(Path file) throws InputFileException {
        if (!Files.exists(file)) {
            throw new InputFileException(file, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            // A pipe or a device might never end.
            throw new InputFileException(file, "not a regular file");
        }
        byte[] bytes = readBounded(file);
        if (bytes.length > MAX_SIZE) {
            throw new InputFileException(file, "larger than 1 MiB");
        }
        return bytes;
    }

    private static byte[] readBounded(Path file) throws InputFileException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_SIZE + 1);
        } catch (IOException e) {
            throw new InputFileException(file, "cannot be read: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
