package org.bpfgate.kernel.internal.host;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.kernel.internal.client.SystemdUnit;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.HandOverMessage.Offer;
import org.bpfgate.kernel.internal.host.HandOverMessage.Refused;
import org.bpfgate.kernel.internal.host.HandOverMessage.Taken;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.AttachedListener;

/**
 * The gate's side of one hand-over. The peer can only put itself under the gate: it names nobody else, and a descriptor that is no listener
 * is closed. For one thread.
 */
final class HandOver {
    /** How long the peer has for its offer: it puts the filter on itself meanwhile, on a busy machine. */
    private static final Duration OFFER_TIMEOUT = Duration.ofSeconds(5);

    private final AttachedFilters filters;
    private final Syscalls syscalls;
    private final LocalConnection connection;

    HandOver(AttachedFilters filters, Syscalls syscalls, LocalConnection connection) {
        this.filters = filters;
        this.syscalls = syscalls;
        this.connection = connection;
    }

    /**
     * Takes the listener, or tells the peer why not.
     *
     * @throws IOException when the peer is gone
     */
    void perform(Greeting greeting) throws IOException {
        connection.limit(OFFER_TIMEOUT);
        try {
            requireReachable(connection.peer());
            send(greeting);
            send(new Taken(take(HandOverReader.read(connection, OFFER_TIMEOUT)).number()));
        } catch (HandOverException | ProtocolException | SocketTimeoutException e) {
            send(new Refused(String.valueOf(e.getMessage()), false));
        }
    }

    private void send(HandOverMessage message) throws IOException {
        connection.out().write(message.toLine());
    }

    /** What the gate cannot look into it would deny at every load, which is better said now. */
    private void requireReachable(ControlPeer peer) throws HandOverException {
        if (peer.pid() == 0) {
            throw new HandOverException("the process is in a pid namespace that the gate cannot see into;"
                    + " run the gate in the same pid namespace or in one above it");
        }
        try (NativeScope scope = NativeScope.open()) {
            syscalls.close(syscalls.openReadWrite(scope.text("/proc/" + peer.pid() + "/mem")));
        } catch (SyscallException e) {
            throw new HandOverException("the gate may not access the memory of process " + peer.pid() + " ("
                    + e.getMessage() + "); run the gate as root with CAP_SYS_PTRACE");
        }
    }

    private AttachedListener take(HandOverMessage message) throws HandOverException {
        OptionalInt listener = connection.takeDescriptor();
        OptionalInt other = connection.takeDescriptor();
        if (!(message instanceof Offer offer) || listener.isEmpty() || other.isPresent()) {
            listener.ifPresent(syscalls::close);
            other.ifPresent(syscalls::close);
            throw new HandOverException("an offer comes with exactly one descriptor");
        }
        ControlPeer peer = connection.peer();
        Optional<String> unit = unit(peer);
        return filters.attach(
                listener.getAsInt(), 0, number -> describe(number, peer, offer.command(), unit), peer.uid());
    }

    private static AttachedListener describe(
            int number, ControlPeer peer, List<String> command, Optional<String> unit) {
        return new AttachedListener(number, peer.pid(), peer.uid(), peer.gid(), command, unit, Instant.now(), 0);
    }

    private static Optional<String> unit(ControlPeer peer) {
        try {
            return SystemdUnit.in(Files.readString(Path.of("/proc", Integer.toString(peer.pid()), "cgroup")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
