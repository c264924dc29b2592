package org.bpfgate.kernel.internal.syscall;

import java.util.ArrayList;
import java.util.List;

/**
 * The system calls about local (Unix domain) sockets, unix(7). For the thread of the {@link Syscalls} that they belong to. Every
 * descriptor is close-on-exec, and no call raises {@code SIGPIPE}.
 */
public final class Sockets {
    /** Bytes that a socket's path may have, with the NUL: {@code UNIX_PATH_MAX} of {@code include/uapi/linux/un.h}. */
    public static final int PATH_ROOM = 108;

    /** {@code AF_UNIX} of {@code include/linux/socket.h}, and the size of {@code sa_family_t}. */
    private static final int LOCAL = 1;

    private static final int FAMILY_SIZE = 2;

    /** {@code SOCK_STREAM}, {@code SOCK_DGRAM} and {@code SOCK_CLOEXEC} of {@code include/linux/net.h}. */
    private static final int STREAM = 1;

    private static final int DATAGRAM = 2;

    private static final int CLOEXEC = 0x80000;

    /** {@code SOL_SOCKET}, {@code SO_PEERCRED} and {@code SO_SNDTIMEO} of {@code include/uapi/asm-generic/socket.h}. */
    private static final int SOCKET_LEVEL = 1;

    private static final int PEER_CREDENTIALS = 17;
    private static final int SEND_TIMEOUT = 21;

    /** {@code MSG_*} of {@code include/linux/socket.h}. */
    private static final int TRUNCATED_CONTROL = 0x8;

    private static final int DO_NOT_WAIT = 0x40;
    private static final int NO_SIGNAL = 0x4000;
    private static final int CONTROL_CLOEXEC = 0x40000000;

    /** {@code SCM_RIGHTS} of {@code include/linux/socket.h}. */
    private static final int RIGHTS = 1;

    /** {@code SHUT_RDWR} of {@code include/linux/net.h}. */
    private static final int BOTH_WAYS = 2;

    /** {@code sizeof(struct ucred)}: process, user, group. */
    private static final int CREDENTIALS_SIZE = 12;

    /** {@code sizeof(struct cmsghdr)}: a length of 8 bytes, level, type. */
    private static final int CONTROL_HEADER = 16;

    /** {@code SCM_MAX_FD} of {@code include/net/scm.h}: no message has more descriptors. */
    private static final int MOST_DESCRIPTORS = 253;

    /** {@code struct msghdr} of {@code include/linux/socket.h}. */
    private static final int MESSAGE_SIZE = 56;

    private static final int MESSAGE_PARTS = 16;
    private static final int MESSAGE_PART_COUNT = 24;
    private static final int MESSAGE_CONTROL = 32;
    private static final int MESSAGE_CONTROL_SIZE = 40;
    private static final int MESSAGE_FLAGS = 48;

    /** {@code POLLIN} and {@code POLLOUT} of {@code include/uapi/asm-generic/poll.h}. */
    public static final short READABLE = 1;

    public static final short WRITABLE = 4;

    private static final long NANOS = 1_000_000_000L;

    private final Syscalls syscalls;
    private final SyscallNumbers.OfSockets numbers;

    Sockets(Syscalls syscalls, SyscallNumbers.OfSockets numbers) {
        this.syscalls = syscalls;
        this.numbers = numbers;
    }

    /**
     * A process, a user and a group, as the kernel noted them.
     *
     * @param pid 0 when the process cannot be seen from the gate's pid namespace
     */
    public record Credentials(int pid, int uid, int gid) {}

    /**
     * What a message brought.
     *
     * @param size how many bytes; 0 at the end of the stream
     * @param descriptors ours now
     * @param isCut whether the message had more descriptors, for which there was no room
     */
    public record Received(int size, List<Integer> descriptors, boolean isCut) {}

    /** socket(2) of a stream. */
    public int open() throws SyscallException {
        return (int) syscalls.call("socket", 0, numbers.socket(), LOCAL, STREAM | CLOEXEC, 0, 0, 0);
    }

    /** socket(2) of datagrams. */
    public int openDatagram() throws SyscallException {
        return (int) syscalls.call("socket", 0, numbers.socket(), LOCAL, DATAGRAM | CLOEXEC, 0, 0, 0);
    }

    /**
     * bind(2).
     *
     * @param path without a NUL, shorter than {@link #PATH_ROOM}
     */
    public void bind(int socket, byte[] path) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer address = address(scope, path, 1);
            syscalls.call("bind", 0, numbers.bind(), socket, address.address(), address.size(), 0, 0);
        }
    }

    /** listen(2). */
    public void listen(int socket, int backlog) throws SyscallException {
        syscalls.call("listen", 0, numbers.listen(), socket, backlog, 0, 0, 0);
    }

    /** accept4(2): waits for a connection. The kernel needs a free descriptor before it waits. */
    public int accept(int socket) throws SyscallException {
        return (int) syscalls.call("accept4", 0, numbers.accept4(), socket, 0, 0, CLOEXEC, 0);
    }

    /** connect(2); waits while the other end has no room, as long as {@link #limitSend} says. */
    public void connect(int socket, byte[] path) throws SyscallException {
        connect(socket, path, 1);
    }

    /** connect(2) to an abstract address, which is no file and whose first byte is a NUL. */
    public void connectAbstract(int socket, byte[] name) throws SyscallException {
        connect(socket, name, 0);
    }

    private void connect(int socket, byte[] path, int end) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer address = address(scope, path, end);
            syscalls.call("connect", 0, numbers.connect(), socket, address.address(), address.size(), 0, 0);
        }
    }

    /** The NUL at the end of a path counts, that at the beginning of a name is a part of it. */
    private static NativeBuffer address(NativeScope scope, byte[] path, int end) {
        if (path.length + end > PATH_ROOM) {
            throw new IllegalArgumentException("the path of a socket has no room for " + path.length + " bytes");
        }
        NativeBuffer address = scope.allocate(FAMILY_SIZE + path.length + (long) end);
        address.putShort(0, (short) LOCAL);
        address.put(FAMILY_SIZE, path);
        return address;
    }

    /** shutdown(2) of both directions: all who wait at the socket go on. */
    public void shutDown(int socket) throws SyscallException {
        syscalls.call("shutdown", 0, numbers.shutdown(), socket, BOTH_WAYS, 0, 0, 0);
    }

    /** getsockopt(2) {@code SO_PEERCRED}: who connected, or listened. */
    public Credentials peer(int socket) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer credentials = scope.allocate(CREDENTIALS_SIZE);
            NativeBuffer size = scope.allocate(Integer.BYTES);
            size.putInt(0, CREDENTIALS_SIZE);
            syscalls.call(
                    "getsockopt(SO_PEERCRED)",
                    0,
                    numbers.getsockopt(),
                    socket,
                    SOCKET_LEVEL,
                    PEER_CREDENTIALS,
                    credentials.address(),
                    size.address());
            return new Credentials(credentials.getInt(0), credentials.getInt(4), credentials.getInt(8));
        }
    }

    /** setsockopt(2) {@code SO_SNDTIMEO}: limits {@link #connect}, which then fails with {@code EAGAIN}. */
    public void limitSend(int socket, int seconds) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer time = scope.allocate(2L * Long.BYTES);
            time.putLong(0, seconds);
            syscalls.call(
                    "setsockopt(SO_SNDTIMEO)",
                    0,
                    numbers.setsockopt(),
                    socket,
                    SOCKET_LEVEL,
                    SEND_TIMEOUT,
                    time.address(),
                    time.size());
        }
    }

    /**
     * ppoll(2): waits until a read or a write need not wait.
     *
     * @param events {@link #READABLE} or {@link #WRITABLE}
     * @param nanos how long at most; negative for ever
     * @throws SyscallException with {@code EINTR} after a signal
     */
    public void await(int socket, short events, long nanos) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer descriptor = scope.allocate(8);
            descriptor.putInt(0, socket);
            descriptor.putShort(4, events);
            NativeBuffer time = scope.allocate(2L * Long.BYTES);
            time.putLong(0, nanos / NANOS);
            time.putLong(Long.BYTES, nanos % NANOS);
            syscalls.poll(descriptor, 1, nanos < 0 ? 0 : time.address());
        }
    }

    /**
     * sendmsg(2) without waiting, with {@code EAGAIN} when there is no room.
     *
     * @param length how many bytes of the buffer, from its beginning
     * @param descriptors go with the first byte
     * @return how many bytes were sent
     */
    public int send(int socket, NativeBuffer bytes, int length, int... descriptors) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer message = message(scope, bytes, length);
            if (descriptors.length > 0) {
                useControl(message, rights(scope, descriptors));
            }
            int flags = DO_NOT_WAIT | NO_SIGNAL;
            return (int) syscalls.call("sendmsg", 0, numbers.sendmsg(), socket, message.address(), flags, 0, 0);
        }
    }

    private static NativeBuffer rights(NativeScope scope, int... descriptors) {
        long length = CONTROL_HEADER + (long) Integer.BYTES * descriptors.length;
        NativeBuffer control = scope.allocate(aligned(length));
        control.putLong(0, length);
        control.putInt(8, SOCKET_LEVEL);
        control.putInt(12, RIGHTS);
        for (int i = 0; i < descriptors.length; i++) {
            control.putInt(CONTROL_HEADER + (long) Integer.BYTES * i, descriptors[i]);
        }
        return control;
    }

    /** Each control message begins at a multiple of 8 bytes: {@code CMSG_ALIGN}. */
    private static long aligned(long size) {
        return (size + 7) & ~7L;
    }

    /**
     * recvmsg(2) without waiting, with {@code EAGAIN} when there is nothing. There is room for all descriptors of a message, so that only a
     * full table of descriptors cuts them.
     */
    public Received receive(int socket, NativeBuffer bytes, int length) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer message = message(scope, bytes, length);
            NativeBuffer control = scope.allocate(2L * (CONTROL_HEADER + Integer.BYTES * MOST_DESCRIPTORS));
            useControl(message, control);
            int flags = DO_NOT_WAIT | CONTROL_CLOEXEC;
            int size = (int) syscalls.call("recvmsg", 0, numbers.recvmsg(), socket, message.address(), flags, 0, 0);
            boolean isCut = (message.getInt(MESSAGE_FLAGS) & TRUNCATED_CONTROL) != 0;
            return new Received(size, descriptors(control, message.getLong(MESSAGE_CONTROL_SIZE)), isCut);
        }
    }

    private static NativeBuffer message(NativeScope scope, NativeBuffer bytes, int length) {
        if (length > bytes.size()) {
            throw new IllegalArgumentException(length + " bytes are not in " + bytes.size());
        }
        NativeBuffer part = scope.allocate(2L * Long.BYTES);
        part.putLong(0, bytes.address());
        part.putLong(Long.BYTES, length);
        NativeBuffer message = scope.allocate(MESSAGE_SIZE);
        message.putLong(MESSAGE_PARTS, part.address());
        message.putLong(MESSAGE_PART_COUNT, 1);
        return message;
    }

    private static void useControl(NativeBuffer message, NativeBuffer control) {
        message.putLong(MESSAGE_CONTROL, control.address());
        message.putLong(MESSAGE_CONTROL_SIZE, control.size());
    }

    private static List<Integer> descriptors(NativeBuffer control, long size) {
        List<Integer> descriptors = new ArrayList<>();
        long next;
        for (long at = 0; at + CONTROL_HEADER <= size; at = next) {
            long end = Math.min(size, at + Math.max(CONTROL_HEADER, control.getLong(at)));
            next = aligned(end);
            if (control.getInt(at + 8) == SOCKET_LEVEL && control.getInt(at + 12) == RIGHTS) {
                for (long fd = at + CONTROL_HEADER; fd + Integer.BYTES <= end; fd += Integer.BYTES) {
                    descriptors.add(control.getInt(fd));
                }
            }
        }
        return descriptors;
    }
}
