package org.bpfgate.kernel.internal.local;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/** A listening socket and its file. */
final class SocketServer implements LocalServer {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    /** How long to wait for a free descriptor or memory. Without a pause the kernel refuses again at once, connection or not. */
    private static final long PAUSE_MS = 100;

    private final Machine machine;
    private final OpenSocket socket;
    private final SocketFile file;

    SocketServer(Machine machine, OpenSocket socket, SocketFile file) {
        this.machine = machine;
        this.socket = socket;
        this.file = file;
    }

    @Override
    public LocalConnection accept() throws IOException {
        for (String want = ""; ; ) {
            try {
                int fd = socket.use(machine.newSyscalls().sockets()::accept);
                if (!want.isEmpty()) {
                    // Not before: what writes the log may need descriptors itself.
                    LOG.log(Level.WARNING, "connections to {0} had to wait: {1}", file.path(), want);
                }
                return SocketConnection.of(machine, fd);
            } catch (SyscallException e) {
                socket.requireOpen();
                if (isWantOfRoom(e.errno())) {
                    want = String.valueOf(e.getMessage());
                    socket.pause(PAUSE_MS);
                } else if (e.errno() != Errnos.EINTR && e.errno() != Errnos.ECONNABORTED) {
                    throw new SocketException("the socket " + file.path() + ": " + e.getMessage());
                }
            }
        }
    }

    private static boolean isWantOfRoom(int errno) {
        return switch (errno) {
            case Errnos.EMFILE, Errnos.ENFILE, Errnos.ENOBUFS, Errnos.ENOMEM -> true;
            default -> false;
        };
    }

    @Override
    public void close() {
        if (socket.close()) {
            file.remove();
        }
    }
}
