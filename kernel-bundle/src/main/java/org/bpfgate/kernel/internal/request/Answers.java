package org.bpfgate.kernel.internal.request;

import java.util.Optional;
import java.util.OptionalInt;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.StillWaiting;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Native;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.MediationResult;

/**
 * Answers the requests of one thread: with an error, with a descriptor, or by leaving them to the kernel. A request that another thread
 * answers gets no second answer.
 */
public final class Answers {
    private final Notifications notifications;
    private final boolean permissive;

    public Answers(Notifications notifications, boolean permissive) {
        this.notifications = notifications;
        this.permissive = permissive;
    }

    /** Whether nothing is blocked or altered. */
    public boolean isPermissive() {
        return permissive;
    }

    /**
     * What was read so far is the client's own only if it still waits: its thread id may have gone to somebody else.
     *
     * @throws SyscallException with {@code ENOENT} when it does not wait any more
     */
    public void requireWaiting(Notification request) throws SyscallException {
        notifications.requireWaiting(request.id());
    }

    /** Returns the same question as {@link #requireWaiting}, for whoever reaches the client on this thread. */
    public StillWaiting stillWaiting(Notification request) {
        return () -> notifications.requireWaiting(request.id());
    }

    /** Returns the same question for use by any thread, which costs a little more. */
    public StillWaiting stillWaitingOnAnyThread(Native machine, Notification request) {
        return () -> notifications.on(machine.newSyscalls()).requireWaiting(request.id());
    }

    /** Opens the memory of a client, and lets the exchange know while an access to it is under way. */
    public ClientMemory openMemory(Syscalls syscalls, Notification request, MediatedRequest exchange)
            throws SyscallException {
        return ClientMemory.open(syscalls, request.tid(), stillWaiting(request), exchange.access());
    }

    /** Lets the kernel do what was asked for; a result may say why the modules would have refused. */
    public void letThrough(Notification request, MediatedRequest exchange, MediationResult result) {
        if (exchange.mayAnswer()) {
            notifications.letThrough(request.id());
            exchange.answered(result);
        }
    }

    /** Ends the request with an error; a permissive gate leaves it to the kernel. */
    public void fail(Notification request, MediatedRequest exchange, int errno, String reason) {
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
    public MediationResult refuse(Notification request, int errno, String reason) {
        if (permissive) {
            notifications.letThrough(request.id());
            return MediationResult.leftToTheKernel("permissive: would be refused: " + reason);
        }
        notifications.fail(request.id(), errno);
        return MediationResult.failed(Errnos.name(errno), reason);
    }

    /** Ends the request with what a module says. */
    public void deny(Notification request, MediatedRequest exchange, HookResult result) {
        deny(request, exchange, result, "");
    }

    /**
     * Ends the request with what a module says.
     *
     * @param note what else may have led to the denial, for people; may be empty
     */
    public void deny(Notification request, MediatedRequest exchange, HookResult result, String note) {
        String reason = note.isEmpty() ? result.reason() : result.reason() + "; " + note;
        fail(request, exchange, result.errno().orElseThrow().number(), reason);
    }

    /** Hands the descriptor of an inert program over, in the place of the one that was asked for. */
    public void handOverInert(Notification request, MediatedRequest exchange, int fd) throws SyscallException {
        handOver(request, exchange, fd, "the kernel accepts the program; an inert one was handed over in its place");
    }

    /**
     * Hands a descriptor over.
     *
     * @param result what the modules said, which a permissive gate only tells
     * @throws SyscallException with {@code ENOENT} when the client waits no more or another thread answers; with another number when
     *     the client cannot take the descriptor
     */
    public void handOver(Notification request, MediatedRequest exchange, int fd, HookResult result)
            throws SyscallException {
        handOver(request, exchange, fd, result.isAllow() ? "" : "permissive: would be denied: " + result.reason());
    }

    private void handOver(Notification request, MediatedRequest exchange, int fd, String reason)
            throws SyscallException {
        if (!exchange.mayAnswer()) {
            throw new SyscallException("seccomp", Errnos.ENOENT, 0);
        }
        OptionalInt handedOver = OptionalInt.of(notifications.handOver(request.id(), fd));
        exchange.answered(new MediationResult(handedOver, Optional.empty(), reason));
    }
}
