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

/** Keeps a second gate away from the state directory, by a lock that the kernel drops when the process ends, however it ends. */
final class StateLock implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final FileChannel file;

    private StateLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock.
     *
     * @param directory the state directory
     * @param longest how long another gate may take to end
     * @return null when another gate has it
     * @throws IOException with the file, when it cannot be opened
     */
    static @Nullable StateLock take(Path directory, Duration longest) throws IOException, InterruptedException {
        Path path = directory.resolve("lock");
        FileChannel file;
        try {
            file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new IOException(path + ": this file cannot be opened: " + Directories.reason(e), e);
        }
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            if (tryLock(file) != null) {
                return new StateLock(file);
            }
            if (System.nanoTime() - end >= 0) {
                file.close();
                return null;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Gives the lock back. The file stays: whoever deletes it lets two gates lock two files. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
