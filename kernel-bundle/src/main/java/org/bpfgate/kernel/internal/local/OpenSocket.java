package org.bpfgate.kernel.internal.local;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/**
 * The descriptor of a socket. Its number is given back when it is closed and nobody uses it any more: a thread that is about to use it never
 * meets a file that was opened later. Safe for use by several threads.
 */
final class OpenSocket {
    private final Machine machine;
    private final int fd;
    private final CountDownLatch end = new CountDownLatch(1);
    private int users;
    private boolean closed;

    OpenSocket(Machine machine, int fd) {
        this.machine = machine;
        this.fd = fd;
    }

    /** Something that is done with the socket. */
    interface Use<T> {
        /** Does it. */
        T with(int fd) throws SyscallException, IOException;
    }

    /**
     * Uses the socket. When it is closed meanwhile, the use ends as the kernel says.
     *
     * @throws SocketException when it is closed
     */
    <T> T use(Use<T> use) throws SyscallException, IOException {
        begin();
        try {
            return use.with(fd);
        } finally {
            leave();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Requires that it was not closed. */
    void requireOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("the socket is closed");
        }
    }

    private synchronized void begin() throws SocketException {
        requireOpen();
        users++;
    }

    private synchronized void leave() {
        users--;
        giveBack();
    }

    /** Waits until this is closed, or some time is over. */
    void pause(long millis) throws SocketException {
        try {
            end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        }
        requireOpen();
    }

    /** Closes it: all who wait at it go on. Returns false when it was closed before. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        end.countDown();
        try {
            machine.newSyscalls().sockets().shutDown(fd);
        } catch (SyscallException e) {
            // The peer is gone already, or was never there.
            assert e.errno() != 0;
        }
        giveBack();
        return true;
    }

    private void giveBack() {
        if (closed && users == 0) {
            machine.newSyscalls().close(fd);
            // Never again.
            users = Integer.MIN_VALUE;
        }
    }
}
