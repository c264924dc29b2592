package org.bpfgate.kernel.internal.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Queue;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.Sockets;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** A connected socket. */
final class SocketConnection implements LocalConnection {
    /** Descriptors that nobody has taken yet. A peer that sends more would fill the table of descriptors of this process. */
    static final int MOST_DESCRIPTORS = 16;

    private final Machine machine;
    private final OpenSocket socket;
    private final ControlPeer peer;
    private final Transfer incoming;
    private final Transfer outgoing;

    /** Received and not taken; guarded by itself. */
    private final Queue<Integer> descriptors = new ArrayDeque<>();

    private final InputStream in = new Incoming();
    private final OutputStream out = new Outgoing();

    private SocketConnection(Machine machine, int fd, Sockets.Credentials peer) {
        this.machine = machine;
        this.peer = new ControlPeer(peer.pid(), peer.uid(), peer.gid());
        socket = new OpenSocket(machine, fd);
        incoming = new Transfer(machine, socket, Sockets.READABLE);
        outgoing = new Transfer(machine, socket, Sockets.WRITABLE);
    }

    /**
     * Takes a connected socket.
     *
     * @param fd closed when this fails
     */
    static SocketConnection of(Machine machine, int fd) throws IOException {
        Syscalls syscalls = machine.newSyscalls();
        try {
            return new SocketConnection(machine, fd, syscalls.sockets().peer(fd));
        } catch (SyscallException e) {
            syscalls.close(fd);
            throw Refusals.ofTransfer(e);
        }
    }

    @Override
    public ControlPeer peer() {
        return peer;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void limit(Duration longest) {
        incoming.limit(longest);
        outgoing.limit(longest);
    }

    @Override
    public void send(byte[] bytes, int fd) throws IOException {
        if (bytes.length == 0 || fd < 0) {
            throw new IllegalArgumentException("a descriptor goes with at least one byte");
        }
        write(bytes, 0, bytes.length, fd);
    }

    @Override
    public OptionalInt takeDescriptor() {
        synchronized (descriptors) {
            Integer first = descriptors.poll();
            return first == null ? OptionalInt.empty() : OptionalInt.of(first);
        }
    }

    @Override
    public void close() {
        socket.close();
        Syscalls syscalls = machine.newSyscalls();
        for (OptionalInt fd = takeDescriptor(); fd.isPresent(); fd = takeDescriptor()) {
            syscalls.close(fd.getAsInt());
        }
    }

    private void write(byte[] bytes, int from, int length, int... descriptors) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        synchronized (outgoing) {
            Transfer.Run run = outgoing.begin();
            NativeBuffer buffer = outgoing.buffer();
            int[] withFirst = descriptors;
            for (int done = 0; done < length; ) {
                int piece = Math.min(Transfer.PIECE, length - done);
                buffer.put(0, Arrays.copyOfRange(bytes, from + done, from + done + piece));
                int[] with = withFirst;
                done += run.await((sockets, to) -> sockets.send(to, buffer, piece, with));
                withFirst = new int[0];
            }
        }
    }

    private int read(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        synchronized (incoming) {
            NativeBuffer buffer = incoming.buffer();
            int most = Math.min(length, Transfer.PIECE);
            int size = incoming.begin().await((sockets, fd) -> keep(sockets.receive(fd, buffer, most)));
            if (size == 0) {
                socket.requireOpen();
                return -1;
            }
            System.arraycopy(buffer.getBytes(0, size), 0, bytes, from, size);
            return size;
        }
    }

    /** Keeps the descriptors of a message, or closes all of them when they are too many. */
    private int keep(Sockets.Received received) throws SocketException {
        List<Integer> brought = received.descriptors();
        boolean isKept = false;
        synchronized (descriptors) {
            if (!socket.isClosed() && !received.isCut() && descriptors.size() + brought.size() <= MOST_DESCRIPTORS) {
                isKept = true;
                descriptors.addAll(brought);
            }
        }
        if (!isKept) {
            Syscalls syscalls = machine.newSyscalls();
            brought.forEach(syscalls::close);
            socket.requireOpen();
            throw new SocketException("the peer sent more file descriptors than there is room for");
        }
        return received.size();
    }

    private final class Incoming extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return SocketConnection.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return SocketConnection.this.read(bytes, from, length);
        }
    }

    private final class Outgoing extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            SocketConnection.this.write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            SocketConnection.this.write(bytes, from, length);
        }
    }
}
