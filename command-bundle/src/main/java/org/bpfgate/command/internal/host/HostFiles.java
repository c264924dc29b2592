package org.bpfgate.command.internal.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The texts by which a kernel tells its state, below a root directory. What is not there or may not be read is empty. Files are read
 * anew at each call.
 *
 * @param root {@code /}, but for tests
 */
public record HostFiles(Path root) {
    /** Far more than any of these files has; a configuration of a kernel has about 300 KiB. */
    private static final int MOST = 4 << 20;

    /** Returns a file's text without blanks at its ends. */
    Optional<String> text(String path) {
        try (InputStream in = Files.newInputStream(at(path))) {
            return Optional.of(read(in).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the text of a file that gzip(1) made. */
    Optional<String> unpacked(String path) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(at(path)))) {
            return Optional.of(read(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readNBytes(MOST), StandardCharsets.ISO_8859_1);
    }
}
