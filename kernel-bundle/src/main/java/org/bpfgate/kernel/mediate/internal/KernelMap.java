package org.bpfgate.kernel.mediate.internal;

import java.util.Optional;
import java.util.function.Function;
import org.bpfgate.kernel.syscall.internal.MapInfo;
import org.bpfgate.kernel.syscall.internal.MapProbe;
import org.bpfgate.kernel.syscall.internal.Native;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.program.UsedMap;

/**
 * A map that a client's program uses, asked for through a duplicate of the client's descriptor. After the request is over it
 * knows nothing any more: not frozen, of no type, without hash and contents. Safe for use by several threads.
 */
final class KernelMap implements UsedMap {
    private final Native machine;
    private final ClientFds fds;
    private final int fd;
    private final boolean bound;

    KernelMap(Native machine, ClientFds fds, int fd, boolean bound) {
        this.machine = machine;
        this.fds = fds;
        this.fd = fd;
        this.bound = bound;
    }

    /** Returns whether the descriptor is that of a map at all. */
    boolean isMap() {
        return ask(syscalls -> MapProbe.isMap(syscalls, fd), false);
    }

    @Override
    public boolean isFrozen() {
        return ask(syscalls -> MapProbe.isFrozen(syscalls, fd), false);
    }

    @Override
    public boolean isExclusive() {
        return ask(syscalls -> MapProbe.isExclusive(syscalls, fd), false);
    }

    @Override
    public boolean isBound() {
        return bound;
    }

    @Override
    public int type() {
        return ask(syscalls -> MapProbe.type(syscalls, fd), 0);
    }

    @Override
    public Optional<byte[]> sha256() {
        return ask(syscalls -> MapInfo.sha256(syscalls, fd), Optional.empty());
    }

    @Override
    public Optional<byte[]> contents() {
        // Only a map that the kernel gives a hash for stays as it is.
        return sha256().isEmpty()
                ? Optional.empty()
                : ask(syscalls -> MapProbe.contents(syscalls, fd), Optional.empty());
    }

    private <T> T ask(Function<Syscalls, T> question, T otherwise) {
        return fds.ifOpen(() -> question.apply(machine.newSyscalls()), otherwise);
    }
}
