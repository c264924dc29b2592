package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.integrity.SigningException;

/** The bytes of a file with keys or certificates. */
final class InputFile {
    /** Some hundred certificates; whoever names a larger file has named the wrong one. */
    private static final int MOST_BYTES = 1 << 20;

    private InputFile() {}

    /**
     * Reads a file whole.
     *
     * @throws SigningException when it is missing, no regular file, larger than 1 MiB, or cannot be read
     */
    static byte[] read(Path file) throws SigningException {
        if (Files.notExists(file)) {
            throw new SigningException(file + ": no such file");
        }
        if (!Files.isRegularFile(file)) {
            // A pipe or a device might never end.
            throw new SigningException(file + ": not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new SigningException(file + ": larger than 1 MiB");
            }
            return bytes;
        } catch (AccessDeniedException e) {
            throw new SigningException(file + ": cannot be read: permission denied", e);
        } catch (IOException e) {
            throw new SigningException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns whether bytes look like PEM rather than DER. */
    static boolean isPem(byte[] bytes) {
        return text(bytes).contains("-----BEGIN ");
    }

    /** The text around PEM blocks may be in any encoding; this one maps all bytes and keeps ASCII. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
