package org.bpfgate.kernel.mediate.internal;

import java.util.Optional;
import java.util.OptionalInt;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.Native;
import org.bpfgate.kernel.syscall.internal.Notifications;
import org.bpfgate.kernel.syscall.internal.Notifications.Notification;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.mediation.MediationResult;

/**
 * Answers the requests of one thread: with an error, with a descriptor, or by leaving them to the kernel. A request that another thread
 * answers gets no second answer.
 */
final class Answers {
    private final Notifications notifications;
    private final boolean permissive;

    Answers(Notifications notifications, boolean permissive) {
        this.notifications = notifications;
        this.permissive = permissive;
    }

    /** Whether nothing is blocked or altered. */
    boolean isPermissive() {
        return permissive;
    }

    /**
     * What was read so far is the client's own only if it still waits: its thread id may have gone to somebody else.
     *
     * @throws SyscallException with {@code ENOENT} when it does not wait any more
     */
    void requireWaiting(Notification request) throws SyscallException {
        notifications.requireWaiting(request.id());
    }

    /** Returns the same question as {@link #requireWaiting}, for whoever reaches the client on this thread. */
    StillWaiting stillWaiting(Notification request) {
        return () -> notifications.requireWaiting(request.id());
    }

    /** Returns the same question for use by any thread, which costs a little more. */
    StillWaiting stillWaitingOnAnyThread(Native machine, Notification request) {
        return () -> notifications.on(machine.newSyscalls()).requireWaiting(request.id());
    }

    /** Opens the memory of a client, and lets the exchange know while an access to it is under way. */
    ClientMemory openMemory(Syscalls syscalls, Notification request, Exchange exchange) throws SyscallException {
        return ClientMemory.open(syscalls, request.tid(), stillWaiting(request), exchange.access());
    }

    /** Lets the kernel do what was asked for; a result may say why the modules would have refused. */
    void letThrough(Notification request, Exchange exchange, MediationResult result) {
        if (exchange.mayAnswer()) {
            notifications.letThrough(request.id());
            exchange.answered(result);
        }
    }

    /** Ends the request with an error; a permissive gate leaves it to the kernel. */
    void fail(Notification request, Exchange exchange, int errno, String reason) {
        if (permissive) {
            letThrough(request, exchange, MediationResult.leftToTheKernel());
        } else if (exchange.mayAnswer()) {
            notifications.fail(request.id(), errno);
            exchange.answered(MediationResult.failed(Errnos.name(errno), reason));
        }
    }

    /**
     * Ends a request that no module is asked about; a permissive gate leaves it to the kernel.
     *
     * @return what the client got
     */
    MediationResult refuse(Notification request, int errno, String reason) {
        if (permissive) {
            notifications.letThrough(request.id());
            return MediationResult.leftToTheKernel("permissive: would be refused: " + reason);
        }
        notifications.fail(request.id(), errno);
        return MediationResult.failed(Errnos.name(errno), reason);
    }

    /** Ends the request with what a module says. */
    void deny(Notification request, Exchange exchange, HookResult result) {
        deny(request, exchange, result, "");
    }

    /**
     * Ends the request with what a module says.
     *
     * @param note what else may have led to the denial, for people; may be empty
     */
    void deny(Notification request, Exchange exchange, HookResult result, String note) {
        String reason = note.isEmpty() ? result.reason() : result.reason() + "; " + note;
        fail(request, exchange, result.errno().orElseThrow().number(), reason);
    }

    /** Hands the descriptor of an inert program over, in the place of the one that was asked for. */
    void handOverInert(Notification request, Exchange exchange, int fd) throws SyscallException {
        handOver(request, exchange, fd, "the kernel accepts the program; an inert one was handed over in its place");
    }

    /**
     * Hands a descriptor over.
     *
     * @param result what the modules said, which a permissive gate only tells
     * @throws SyscallException with {@code ENOENT} when the client waits no more or another thread answers; with another number when
     *     the client cannot take the descriptor
     */
    void handOver(Notification request, Exchange exchange, int fd, HookResult result) throws SyscallException {
        handOver(request, exchange, fd, result.isAllow() ? "" : "permissive: would be denied: " + result.reason());
    }

    private void handOver(Notification request, Exchange exchange, int fd, String reason) throws SyscallException {
        if (!exchange.mayAnswer()) {
            throw new SyscallException("seccomp", Errnos.ENOENT, 0);
        }
        OptionalInt handedOver = OptionalInt.of(notifications.handOver(request.id(), fd));
        exchange.answered(new MediationResult(handedOver, Optional.empty(), reason));
    }
}
