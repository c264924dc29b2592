package org.bpfgate.kernel.internal.object;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.UsedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map that a client's program uses, reached through a duplicate of the client's descriptor. After the end of the request it reports
 * a map that is not frozen, without hash and contents. Safe for use by several threads.
 */
public final class KernelMap implements UsedMap {
    private final Machine machine;
    private final ClientFds fds;
    private final int fd;
    private final boolean bound;
    private volatile @Nullable MapInfo known;
    private volatile @Nullable Boolean exclusive;

    public KernelMap(Machine machine, ClientFds fds, int fd, boolean bound) {
        this.machine = machine;
        this.fds = fds;
        this.fd = fd;
        this.bound = bound;
    }

    /** Returns whether the descriptor is that of a map at all. */
    public boolean isMap() {
        return ask(syscalls -> MapProbe.isMap(syscalls, fd), false);
    }

    /** Returns the kernel's number for the map; empty when it is not known. */
    public OptionalInt id() {
        return ask(
                syscalls -> {
                    try {
                        return OptionalInt.of(MapInfo.id(syscalls, fd));
                    } catch (SyscallException e) {
                        return OptionalInt.empty();
                    }
                },
                OptionalInt.empty());
    }

    @Override
    public boolean isFrozen() {
        return ask(syscalls -> MapProbe.isFrozen(syscalls, fd), false);
    }

    /** Settled when the map was created, and found out by a load, so that it is asked once. */
    @Override
    public boolean isExclusive() {
        Boolean asked = exclusive;
        if (asked == null) {
            asked = ask(syscalls -> MapProbe.isExclusive(syscalls, fd), false);
            exclusive = asked;
        }
        return asked;
    }

    @Override
    public boolean isBound() {
        return bound;
    }

    @Override
    public int type() {
        return info().type();
    }

    @Override
    public int keySize() {
        return info().keySize();
    }

    @Override
    public int valueSize() {
        return info().valueSize();
    }

    @Override
    public int maxEntries() {
        return info().maxEntries();
    }

    @Override
    public int flags() {
        return info().flags();
    }

    /** What the kernel reports never changes. */
    private MapInfo info() {
        MapInfo asked = known;
        if (asked == null) {
            asked = ask(syscalls -> MapProbe.info(syscalls, fd), MapInfo.NONE);
            known = asked;
        }
        return asked;
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
