package org.bpfgate.kernel.internal.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.Sockets;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** The local sockets of this machine. An error about what the machine lacks comes when one is made. */
public final class KernelSockets implements LocalSockets {
    /** What the address has room for besides the name of the unready file and the NUL. */
    static final int LONGEST_PATH = 100;

    /** More than one connection of every waiting hand-over; the kernel has a limit of its own, {@code net.core.somaxconn}. */
    private static final int BACKLOG = 128;

    /** How long to wait for a gate that takes no connections. */
    private static final int CONNECT_SECONDS = 10;

    @Override
    public synchronized LocalServer listen(Path path, int permissions) throws IOException {
        Path absolute = path.toAbsolutePath();
        int length = SocketFile.bytes(absolute).length;
        if (length > LONGEST_PATH) {
            throw new IOException("the socket " + absolute + ": the path has " + length
                    + " bytes, and there is room for " + LONGEST_PATH + "; choose a shorter directory");
        }
        Machine machine = link();
        Syscalls syscalls = machine.newSyscalls();
        Path unready = SocketFile.unready(absolute);
        Files.deleteIfExists(unready);
        int fd = open(absolute, syscalls);
        try {
            syscalls.sockets().bind(fd, SocketFile.bytes(unready));
            // Nobody can connect to it yet.
            SocketFile.permit(unready, permissions);
            syscalls.sockets().listen(fd, BACKLOG);
            SocketFile file = SocketFile.publish(unready, absolute);
            return new SocketServer(machine, new OpenSocket(machine, fd), file);
        } catch (SyscallException e) {
            abandon(syscalls, fd, unready);
            throw Refusals.ofListening(absolute, e);
        } catch (IOException e) {
            abandon(syscalls, fd, unready);
            throw new IOException("the socket " + absolute + ": it cannot be made: " + e, e);
        }
    }

    private static void abandon(Syscalls syscalls, int fd, Path unready) throws IOException {
        syscalls.close(fd);
        Files.deleteIfExists(unready);
    }

    @Override
    public LocalConnection connect(Path path) throws IOException {
        byte[] bytes = SocketFile.bytes(path);
        if (bytes.length >= Sockets.PATH_ROOM) {
            throw new IOException("the socket " + path + ": the path is too long for a socket");
        }
        Machine machine = link();
        Syscalls syscalls = machine.newSyscalls();
        int fd = open(path, syscalls);
        try {
            syscalls.sockets().limitSend(fd, CONNECT_SECONDS);
            syscalls.sockets().connect(fd, bytes);
        } catch (SyscallException e) {
            syscalls.close(fd);
            throw Refusals.ofConnecting(path, e);
        }
        return SocketConnection.of(machine, fd);
    }

    @Override
    public void datagram(String address, byte[] bytes, int... descriptors) throws IOException {
        Syscalls syscalls = link().newSyscalls();
        Sockets sockets = syscalls.sockets();
        byte[] name = SocketFile.bytes(Path.of(address));
        if (name.length >= Sockets.PATH_ROOM) {
            throw new IOException("the socket " + address + ": the address is too long for a socket");
        }
        int fd = -1;
        try (NativeScope scope = NativeScope.open()) {
            fd = sockets.openDatagram();
            if (name[0] == '@') {
                name[0] = 0;
                sockets.connectAbstract(fd, name);
            } else {
                sockets.connect(fd, name);
            }
            sockets.send(fd, scope.copyOf(bytes), bytes.length, descriptors);
        } catch (SyscallException e) {
            throw new IOException("the socket " + address + ": " + e.getMessage(), e);
        } finally {
            if (fd >= 0) {
                syscalls.close(fd);
            }
        }
    }

    private static int open(Path path, Syscalls syscalls) throws IOException {
        try {
            return syscalls.sockets().open();
        } catch (SyscallException e) {
            throw new IOException("the socket " + path + ": " + e.getMessage(), e);
        }
    }

    private static Machine link() throws IOException {
        try {
            return Machine.link();
        } catch (UnsupportedOperationException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
