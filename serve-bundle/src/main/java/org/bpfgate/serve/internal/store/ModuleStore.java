package org.bpfgate.serve.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The private copies of jars: what was checked is what is installed, whatever becomes of the file that an operator named. Used by one
 * thread at a time.
 */
public final class ModuleStore {
    /** One more than a module's jar may have, so that the check tells of it. */
    private static final long MOST_BYTES = (128L << 20) + 1;

    private static final Logger LOG = System.getLogger("org.bpfgate.serve");
    private static final String JAR = ".jar";
    private static final String DRAFT = ".new";

    private final Path directory;
    private final StoreFiles files;
    private final AtomicLong drafts = new AtomicLong();

    /**
     * A copy that has no name yet.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record Draft(Path path, String sha256) {}

    public ModuleStore(Path directory, StoreFiles files) {
        this.directory = directory;
        this.files = files;
    }

    /** Makes the directory, and deletes what an interrupted change left there. */
    public void open() throws IOException {
        files.directory(directory);
        for (Path each : all()) {
            if (each.toString().endsWith(DRAFT)) {
                files.delete(each);
            }
        }
    }

    /**
     * Copies a file. The draft is the caller's, who keeps or drops it.
     *
     * @param in its content; read up to one byte more than a module's jar may have
     */
    public Draft copy(InputStream in) throws IOException {
        Path draft = directory.resolve("jar-" + drafts.incrementAndGet() + DRAFT);
        try {
            return new Draft(draft, write(in, draft));
        } catch (IOException e) {
            drop(draft);
            throw e;
        }
    }

    private String write(InputStream in, Path draft) throws IOException {
        MessageDigest sha256 = sha256();
        try (FileChannel out = files.create(draft)) {
            byte[] buffer = new byte[1 << 16];
            long left = MOST_BYTES;
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            while (count > 0) {
                sha256.update(buffer, 0, count);
                files.write(out, ByteBuffer.wrap(buffer, 0, count));
                left -= count;
                count = left == 0 ? 0 : in.read(buffer, 0, (int) Math.min(left, buffer.length));
            }
            files.sync(out);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Gives a draft its name. */
    public void keep(Draft draft) throws IOException {
        files.rename(draft.path(), path(draft.sha256()));
        files.syncDirectory(directory);
    }

    /** Deletes a draft, if it is still there. */
    public void drop(Path draft) {
        delete(draft);
    }

    /** Returns where a copy is. */
    public Path path(String sha256) {
        return directory.resolve(sha256 + JAR);
    }

    /** Returns whether a copy is there and is what its name says. */
    public boolean isWhole(String sha256) {
        MessageDigest found = sha256();
        try (InputStream in = Files.newInputStream(path(sha256))) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                found.update(buffer, 0, count);
            }
        } catch (IOException e) {
            return false;
        }
        return HexFormat.of().formatHex(found.digest()).equals(sha256);
    }

    /** Deletes the copies that nobody needs. One that cannot be deleted stays until the next time. */
    public void retain(Set<String> needed) {
        List<Path> found;
        try {
            found = all();
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> directory + " cannot be read: " + e.getMessage());
            return;
        }
        for (Path each : found) {
            String name = each.getFileName().toString();
            if (name.endsWith(JAR) && !needed.contains(name.substring(0, name.length() - JAR.length()))) {
                delete(each);
            }
        }
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.toList();
        }
    }

    private void delete(Path file) {
        try {
            files.delete(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> file + " cannot be deleted: " + e.getMessage());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
