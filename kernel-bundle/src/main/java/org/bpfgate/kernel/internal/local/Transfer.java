package org.bpfgate.kernel.internal.local;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.Sockets;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/** One direction of a connection, with its limit of time. For one thread at a time. */
final class Transfer {
    /** The most that one system call moves. */
    static final int PIECE = 8192;

    /** More than a machine runs; a limit beyond it is none. */
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final OpenSocket socket;
    private final Sockets sockets;
    private final short events;
    private final NativeBuffer buffer = NativeScope.automatic().allocate(PIECE);
    private volatile long limitNanos;

    /**
     * Prepares.
     *
     * @param events {@link Sockets#READABLE} or {@link Sockets#WRITABLE}
     */
    Transfer(Machine machine, OpenSocket socket, short events) {
        this.socket = socket;
        this.events = events;
        sockets = machine.newSyscalls().sockets();
    }

    /** One attempt that does not wait. */
    interface Attempt<T> {
        /** Moves bytes; with {@code EAGAIN} when that would have to wait. */
        T move(Sockets sockets, int fd) throws SyscallException, IOException;
    }

    /** Limits each later {@link Run}. */
    void limit(Duration longest) {
        limitNanos = longest.compareTo(FOREVER) > 0 ? FOREVER.toNanos() : longest.toNanos();
    }

    NativeBuffer buffer() {
        return buffer;
    }

    /** Begins to count the time of a read or a write. */
    Run begin() {
        return new Run(System.nanoTime(), limitNanos);
    }

    /** One read or write, of one or more attempts. */
    final class Run {
        private final long start;
        private final long limit;

        private Run(long start, long limit) {
            this.start = start;
            this.limit = limit;
        }

        /** Repeats an attempt until it has not to wait. */
        <T> T await(Attempt<T> attempt) throws IOException {
            try {
                return socket.use(fd -> {
                    while (true) {
                        try {
                            return attempt.move(sockets, fd);
                        } catch (SyscallException e) {
                            requireRepeatable(e);
                            socket.requireOpen();
                            pause(fd);
                        }
                    }
                });
            } catch (SyscallException e) {
                socket.requireOpen();
                throw Refusals.ofTransfer(e);
            }
        }

        private void pause(int fd) throws SyscallException, IOException {
            long left = limit == 0 ? -1 : limit - (System.nanoTime() - start);
            if (limit != 0 && left <= 0) {
                throw new SocketTimeoutException(
                        "the peer did nothing for " + Duration.ofNanos(limit).toMillis() + " ms");
            }
            try {
                sockets.await(fd, events, left);
            } catch (SyscallException e) {
                requireRepeatable(e);
            }
        }
    }

    private static void requireRepeatable(SyscallException e) throws SyscallException {
        if (e.errno() != Errnos.EAGAIN && e.errno() != Errnos.EINTR) {
            throw e;
        }
    }
}
