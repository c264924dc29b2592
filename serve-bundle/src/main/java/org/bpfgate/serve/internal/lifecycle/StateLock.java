package org.bpfgate.serve.internal.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second gate away from the state directory, by locks that the kernel drops when the process ends, however it ends. There are two,
 * on two bytes of one file: the first is for the gate that mediates, the second for the gate that is. In a take-over the old gate lends the first
 * one to the new gate and keeps the second: so a third gate, which needs both, stays away whatever happens to the two. For one thread.
 */
final class StateLock implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private static final long MEDIATES = 0;
    private static final long LIVES = 1;

    private final FileChannel file;
    private @Nullable FileLock mediates;
    private @Nullable FileLock lives;

    private StateLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes both locks.
     *
     * @param directory the state directory
     * @param longest how long another gate may take to end
     * @return null when another gate has one
     * @throws IOException with the file, when it cannot be opened
     */
    static @Nullable StateLock take(Path directory, Duration longest) throws IOException, InterruptedException {
        return await(open(directory), longest, StateLock::takeBoth);
    }

    /**
     * Takes the lock that another gate lends.
     *
     * @return null when it does not, or a third gate has it
     */
    static @Nullable StateLock takeLent(Path directory, Duration longest) throws IOException, InterruptedException {
        return await(open(directory), longest, StateLock::takeFirst);
    }

    /** One attempt. */
    private interface Attempt {
        boolean take(StateLock lock) throws IOException;
    }

    private static @Nullable StateLock await(StateLock lock, Duration longest, Attempt attempt)
            throws IOException, InterruptedException {
        if (lock.await(longest, attempt)) {
            return lock;
        }
        lock.close();
        return null;
    }

    private boolean await(Duration longest, Attempt attempt) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!attempt.take(this)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return true;
    }

    private static StateLock open(Path directory) throws IOException {
        Path path = directory.resolve("lock");
        try {
            return new StateLock(FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        } catch (IOException e) {
            throw new IOException(path + ": this file cannot be opened: " + Directories.reason(e), e);
        }
    }

    /** The second first: without it the first is not touched, which may be on its way from one gate to another. */
    private boolean takeBoth() throws IOException {
        lives = tryLock(LIVES);
        if (lives != null) {
            mediates = tryLock(MEDIATES);
            if (mediates != null) {
                return true;
            }
            lives.release();
            lives = null;
        }
        return false;
    }

    private boolean takeFirst() throws IOException {
        mediates = tryLock(MEDIATES);
        return mediates != null;
    }

    private boolean takeSecond() throws IOException {
        if (lives == null) {
            lives = tryLock(LIVES);
        }
        return lives != null;
    }

    private @Nullable FileLock tryLock(long place) throws IOException {
        try {
            return file.tryLock(place, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Lends the first lock to another gate. */
    void lend() throws IOException {
        if (mediates != null) {
            mediates.release();
            mediates = null;
        }
    }

    /** Takes the first lock back, when the other gate has ended within this time; returns whether it has. */
    boolean takeBack(Duration longest) throws IOException, InterruptedException {
        return await(longest, StateLock::takeFirst);
    }

    /** Takes the second lock, when the other gate has ended within this time; returns whether it has. */
    boolean complete(Duration longest) throws IOException, InterruptedException {
        return await(longest, StateLock::takeSecond);
    }

    /** Returns whether no other gate has lent the first lock, or that one has ended. */
    boolean isComplete() {
        return lives != null;
    }

    /** Gives the locks back. The file stays: whoever deletes it lets two gates lock two files. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
