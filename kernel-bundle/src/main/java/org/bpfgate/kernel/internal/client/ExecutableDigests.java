package org.bpfgate.kernel.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of executable files. Each is read once while it is unchanged: the same file system, inode, size, time of modification and
 * time of change, of which only the kernel sets the last. A file that was changed within the last seconds is read each time, because
 * a further change might leave the times alike. Safe for use by several threads.
 */
final class ExecutableDigests {
    /** As many files as a host's agents and tools; an entry is small. */
    private static final int MOST = 256;

    /** Longer than the steps of any file system's clock. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** Some thousandths of a second. */
    private static final int PIECE = 1 << 20;

    private final Map<State, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<State, String> eldest) {
            return size() > MOST;
        }
    };

    /** What a file is known by, as statx(2) shows it; times in seconds and nanoseconds. */
    private record State(long device, long inode, long size, long modified, int modifiedNanos, Instant changed) {
        private static final int INODE = 32;
        private static final int SIZE = 40;
        private static final int CHANGED = 96;
        private static final int MODIFIED = 112;
        private static final int DEVICE = 136;

        /** Behind the seconds of a time. */
        private static final int NANOS = 8;

        static State of(Syscalls syscalls, Path file) throws SyscallException {
            try (NativeScope scope = NativeScope.open()) {
                NativeBuffer status = syscalls.status(scope, scope.text(file.toString()));
                return new State(
                        status.getLong(DEVICE),
                        status.getLong(INODE),
                        status.getLong(SIZE),
                        status.getLong(MODIFIED),
                        status.getInt(MODIFIED + NANOS),
                        Instant.ofEpochSecond(status.getLong(CHANGED), status.getInt(CHANGED + NANOS)));
            }
        }

        boolean isSettled() {
            return changed.plus(SETTLED).isBefore(Instant.now());
        }
    }

    /**
     * Returns the digest, 64 lower-case hexadecimal digits.
     *
     * @param syscalls those of the calling thread
     * @param file {@code /proc/PID/exe}; the caller makes sure that it was the same file all the time
     * @param client whose executable it is; asked all the time, since a file may be of any size
     * @throws SyscallException when there is no such file, or when the client does not wait any more
     */
    String of(Syscalls syscalls, Path file, StillWaiting client) throws IOException, SyscallException {
        State before = State.of(syscalls, file);
        boolean isSettled = before.isSettled();
        String kept = isSettled ? get(before) : null;
        if (kept != null) {
            return kept;
        }
        String digest = read(file, client);
        if (isSettled && State.of(syscalls, file).equals(before)) {
            put(before, digest);
        }
        return digest;
    }

    private synchronized @Nullable String get(State state) {
        return known.get(state);
    }

    private synchronized void put(State state, String digest) {
        known.put(state, digest);
    }

    private static String read(Path file, StillWaiting client) throws IOException, SyscallException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
                client.require();
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
