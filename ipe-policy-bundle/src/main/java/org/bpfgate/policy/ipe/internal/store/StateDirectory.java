package org.bpfgate.policy.ipe.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Sha256;

/**
 * Where the policies of one module are kept: {@code policies/SHA256} has the content of each, and {@code index} says which
 * count. A change writes the new content first; it happens when the new index gets its name.
 */
final class StateDirectory {
    private static final String INDEX = "index";

    /** More than any index of sensible size; bounds what a wrong file can cost. */
    private static final int INDEX_LIMIT = 16 << 20;

    private final Path directory;
    private final Path index;
    private final Path policies;

    /** Names a directory, which need not be there yet. */
    StateDirectory(Path directory) {
        this.directory = directory;
        index = directory.resolve(INDEX);
        policies = directory.resolve("policies");
    }

    /** A change that is computed from the present index. */
    @FunctionalInterface
    interface Change {
        /** Returns the next index, or the same for no change. */
        Index apply(Index present) throws PolicyException;
    }

    /**
     * What a change did.
     *
     * @param before the index before it
     * @param after the index that is on the disk now
     */
    record Changed(Index before, Index after) {}

    /**
     * Reads the index; an empty one when there is no directory yet.
     *
     * @throws PolicyException {@code EBADMSG} when it is damaged, {@code EPERM}, {@code EIO}
     */
    Index read() throws PolicyException {
        try {
            return IndexText.parse(bounded(index, INDEX_LIMIT));
        } catch (NoSuchFileException e) {
            return Index.EMPTY;
        } catch (DamagedIndexException e) {
            throw new PolicyException(Errno.EBADMSG, index + ": damaged at " + e.getMessage());
        } catch (IOException e) {
            throw failed(index, e);
        }
    }

    /**
     * Reads the content of a policy.
     *
     * @throws PolicyException {@code EBADMSG} when it is not there, or is not what was loaded; {@code EPERM}, {@code EIO}
     */
    byte[] content(Entry entry) throws PolicyException {
        Path file = policies.resolve(entry.digest());
        try {
            byte[] bytes = bounded(file, PolicyReader.MAX_SIZE);
            if (!Sha256.of(bytes).equals(entry.digest())) {
                throw new PolicyException(Errno.EBADMSG, file + ": damaged: not what was loaded as policy " + entry);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new PolicyException(Errno.EBADMSG, file + ": missing: the content of policy " + entry);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Changes the index; nobody else changes it meanwhile.
     *
     * @param content what a policy in the new index has as its content
     * @throws PolicyException what the change throws; {@code EBUSY}, {@code EPERM}, {@code EIO}, {@code EBADMSG}
     */
    Changed change(byte[] content, Change change) throws PolicyException {
        try {
            AtomicFile.makeDirectories(policies);
            DirectoryLock lock = DirectoryLock.take(directory);
            try {
                Index present = read();
                Index next = change.apply(present);
                if (next != present) {
                    commit(next, content);
                }
                return new Changed(present, next);
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private void commit(Index next, byte[] content) throws IOException {
        String digest = Sha256.of(content);
        if (next.uses(digest)) {
            AtomicFile.write(policies, digest, content);
        }
        AtomicFile.write(directory, INDEX, IndexText.print(next));
        AtomicFile.keepOnly(policies, next::uses);
    }

    private static byte[] bounded(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new IOException("larger than this store writes");
            }
            return bytes;
        }
    }

    /** Names the path once: the message of a {@link FileSystemException} begins with it too. */
    private PolicyException failed(Path file, IOException e) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return new PolicyException(Errno.EIO, directory + ": is not a directory");
        }
        String named = e instanceof FileSystemException system ? system.getFile() : null;
        String place = (named == null ? file.toString() : named) + ": ";
        return e instanceof AccessDeniedException
                ? new PolicyException(Errno.EPERM, place + "permission denied")
                : new PolicyException(Errno.EIO, place + reason(e));
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is there already and is not a directory";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "cannot be used: " + e.getClass().getSimpleName() : reason;
    }
}
