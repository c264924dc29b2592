package org.bpfgate.policy.ipe.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.PolicyException;
import org.jspecify.annotations.Nullable;

/** Keeps other processes, and other stores of this one, from changing a directory. The system lifts it when a process dies. */
final class DirectoryLock implements AutoCloseable {
    /** A change takes milliseconds; who holds the lock longer is stopped, or its disk hangs. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration STEP = Duration.ofMillis(5);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a directory.
     *
     * @throws PolicyException {@code EBUSY} when somebody else keeps it locked for 5 seconds
     */
    static DirectoryLock take(Path directory) throws IOException, PolicyException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long end = System.nanoTime() + LONGEST.toNanos();
            while (tryLock(channel) == null) {
                if (System.nanoTime() - end > 0) {
                    throw new PolicyException(Errno.EBUSY, directory + ": another process is changing it");
                }
                LockSupport.parkNanos(STEP.toNanos());
            }
            return new DirectoryLock(channel);
        } catch (IOException | PolicyException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
