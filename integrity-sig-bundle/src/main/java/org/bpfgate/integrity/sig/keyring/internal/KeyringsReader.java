package org.bpfgate.integrity.sig.keyring.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfgate.integrity.sig.file.internal.InputFileException;
import org.bpfgate.integrity.sig.x509.internal.Certificate;

/**
 * Reads keyrings from the paths that a user trusts. A file goes into the user keyring. Of a directory the certificate files
 * directly in it do so too, and those in its sub-directories {@code builtin}, {@code secondary}, {@code platform} and
 * {@code blacklist} go into the keyrings of these names. Certificate files are those whose names end in {@code .pem},
 * {@code .crt}, {@code .cer} or {@code .der}.
 */
public final class KeyringsReader {
    private final Map<KeyringName, List<Certificate>> certificates = new EnumMap<>(KeyringName.class);

    private KeyringsReader() {}

    /**
     * Reads keyrings.
     *
     * @param paths files and directories
     * @return what they hold together
     * @throws InputFileException for the first file that is not usable; a path without any certificate is fine only when it
     *     is a directory
     */
    public static Keyrings read(List<Path> paths) throws InputFileException {
        KeyringsReader reader = new KeyringsReader();
        for (Path path : paths) {
            reader.readPath(path);
        }
        return new Keyrings(reader.certificates);
    }

    private void readPath(Path path) throws InputFileException {
        if (!Files.isDirectory(path)) {
            add(KeyringName.USER, path);
            return;
        }
        readDirectory(KeyringName.USER, path);
        for (KeyringName name : KeyringName.values()) {
            Path directory = path.resolve(name.text());
            if (name != KeyringName.USER && Files.isDirectory(directory)) {
                readDirectory(name, directory);
            }
        }
    }

    private void readDirectory(KeyringName name, Path directory) throws InputFileException {
        for (Path file : certificateFiles(directory)) {
            add(name, file);
        }
    }

    private void add(KeyringName name, Path file) throws InputFileException {
        certificates.computeIfAbsent(name, unused -> new ArrayList<>()).addAll(CertificateFile.read(file));
    }

    /** Sorted, so that the first fault is the same on every machine. */
    private static List<Path> certificateFiles(Path directory) throws InputFileException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (isCertificateFile(entry)) {
                    files.add(entry);
                }
            }
        } catch (IOException e) {
            throw new InputFileException(directory, "the directory cannot be read");
        }
        Collections.sort(files);
        return files;
    }

    private static boolean isCertificateFile(Path entry) {
        String name = String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT);
        boolean named =
                name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer") || name.endsWith(".der");
        return named && !Files.isDirectory(entry);
    }
}
