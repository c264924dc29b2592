package org.bpfgate.integrity.sig.internal.keyring;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.x509.Certificate;

/**
 * Reads keyrings from the paths that a user trusts. A file goes into the user keyring. Of a directory the certificate files
 * directly in it do so too, those in its sub-directories {@code builtin}, {@code secondary}, {@code platform} and
 * {@code blacklist} go into the keyrings of these names, and each sub-directory {@code NAME=NUMBER} is a user keyring that
 * loads ask for by that number. Certificate files are those whose names end in {@code .pem}, {@code .crt}, {@code .cer} or
 * {@code .der}. The file {@code blacklist/revoked} lists digests, see {@link RevocationFile}.
 */
public final class KeyringsReader {
    private static final String REVOKED = "revoked";

    private final Map<KeyringName, List<Certificate>> certificates = new EnumMap<>(KeyringName.class);
    private final Map<NamedKeyring, List<Certificate>> named = new HashMap<>();
    private final List<Path> without = new ArrayList<>();
    private int revocationFiles;
    private Revocations revocations = Revocations.NONE;

    private KeyringsReader() {}

    /**
     * What was found.
     *
     * @param keyrings what all paths hold together
     * @param without the paths that hold neither a certificate nor a revocation, which hardly anybody means
     */
    public record Found(Keyrings keyrings, List<Path> without) {
        /** Copies the list. */
        public Found {
            without = List.copyOf(without);
        }
    }

    /**
     * Reads keyrings.
     *
     * @param paths files and directories
     * @return what they hold together
     * @throws InputFileException for the first file that is not usable; a path without any certificate is fine only when it
     *     is a directory
     */
    public static Keyrings read(List<Path> paths) throws InputFileException {
        return find(paths).keyrings();
    }

    /** As {@link #read}, and tells which paths hold nothing. */
    public static Found find(List<Path> paths) throws InputFileException {
        KeyringsReader reader = new KeyringsReader();
        for (Path path : paths) {
            int before = reader.count();
            reader.readPath(path);
            if (reader.count() == before) {
                reader.without.add(path);
            }
        }
        return new Found(new Keyrings(reader.certificates, reader.named, reader.revocations), reader.without);
    }

    /** A file of revocations counts as one. */
    private int count() {
        int count = revocationFiles;
        for (List<Certificate> own : certificates.values()) {
            count += own.size();
        }
        for (List<Certificate> own : named.values()) {
            count += own.size();
        }
        return count;
    }

    private void readPath(Path path) throws InputFileException {
        if (!Files.isDirectory(path)) {
            own(KeyringName.USER).addAll(CertificateFile.read(path));
            return;
        }
        readDirectory(own(KeyringName.USER), path);
        for (KeyringName name : KeyringName.values()) {
            Path directory = path.resolve(name.text());
            if (name != KeyringName.USER && Files.isDirectory(directory)) {
                readDirectory(own(name), directory);
            }
        }
        Path revoked = path.resolve(KeyringName.BLACKLIST.text()).resolve(REVOKED);
        if (Files.exists(revoked)) {
            revocations = revocations.and(RevocationFile.read(revoked));
            revocationFiles++;
        }
        readNamed(path);
    }

    private void readNamed(Path path) throws InputFileException {
        for (Path directory : entries(path, Files::isDirectory)) {
            NamedKeyring key = NamedKeyring.of(directory);
            if (key != null) {
                requireOneName(key, directory);
                readDirectory(named.computeIfAbsent(key, unused -> new ArrayList<>()), directory);
            }
        }
    }

    private void requireOneName(NamedKeyring key, Path directory) throws InputFileException {
        for (NamedKeyring other : named.keySet()) {
            if (other.id() == key.id() != other.name().equals(key.name())) {
                throw new InputFileException(directory, "there is also a keyring " + other);
            }
        }
    }

    private List<Certificate> own(KeyringName name) {
        return certificates.computeIfAbsent(name, unused -> new ArrayList<>());
    }

    private static void readDirectory(List<Certificate> into, Path directory) throws InputFileException {
        for (Path file : entries(directory, KeyringsReader::isCertificateFile)) {
            into.addAll(CertificateFile.read(file));
        }
    }

    /** Sorted, so that the first fault is the same on every machine. */
    private static List<Path> entries(Path directory, DirectoryStream.Filter<Path> wanted) throws InputFileException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, wanted)) {
            entries.forEach(files::add);
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
