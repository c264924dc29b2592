package org.bpfgate.kernel.internal.request;

import java.util.Optional;
import java.util.OptionalInt;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.StillWaiting;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
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
     * Requires that the client still waits. Only then what was read so far is its own: its thread id may belong to another thread by now.
     *
     * @throws SyscallException with {@code ENOENT} when it no longer waits
     */
    public void requireWaiting(Notification request) throws SyscallException {
        notifications.requireWaiting(request.id());
    }

    /** Returns the check of {@link #requireWaiting}, for use by this thread. */
    public StillWaiting stillWaiting(Notification request) {
        return () -> notifications.requireWaiting(request.id());
    }

    /** Returns the same check for use by any thread, which costs a little more. */
    public StillWaiting stillWaitingOnAnyThread(Machine machine, Notification request) {
        return () -> notifications.on(machine.newSyscalls()).requireWaiting(request.id());
    }

    /** Opens the memory of a client, and lets the request know while an access to it is under way. */
    public ClientMemory openMemory(Syscalls syscalls, MediatedRequest request) throws SyscallException {
        Notification notification = request.notification();
        return ClientMemory.open(syscalls, notification.tid(), stillWaiting(notification), request.access());
    }

    /** Opens the file descriptors of a client, and lets the request know while one of them is being closed. */
    public ClientFds openFds(Syscalls syscalls, MediatedRequest request) {
        Notification notification = request.notification();
        return new ClientFds(syscalls, notification.tid(), stillWaiting(notification), request.access());
    }

    /** Leaves the request to the kernel; the result may say why the modules would have refused it. */
    public void letThrough(MediatedRequest request, MediationResult result) {
        if (request.mayAnswer()) {
            notifications.letThrough(request.notification().id());
            request.recordAnswer(result);
        }
    }

    /** Ends the request with an error; a permissive gate leaves it to the kernel. */
    public void fail(MediatedRequest request, int errno, String reason) {
        if (permissive) {
            letThrough(request, MediationResult.leftToTheKernel());
        } else if (request.mayAnswer()) {
            notifications.fail(request.notification().id(), errno);
            request.recordAnswer(MediationResult.failed(Errnos.name(errno), reason));
        }
    }

    /** Ends the request with the error of a system call. */
    public void fail(MediatedRequest request, SyscallException e) {
        fail(request, e.errno(), String.valueOf(e.getMessage()));
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

    /** Ends the request with a denial. */
    public void deny(MediatedRequest request, HookResult denial) {
        deny(request, denial, "");
    }

    /**
     * Ends the request with a denial.
     *
     * @param note what else may have led to the denial, in words for people; may be empty
     */
    public void deny(MediatedRequest request, HookResult denial, String note) {
        String reason = note.isEmpty() ? denial.reason() : denial.reason() + "; " + note;
        fail(request, denial.errno().orElseThrow().number(), reason);
    }

    /** Hands over the descriptor of an inert program, in place of the one that was asked for. */
    public void handOverInert(MediatedRequest request, int fd) throws SyscallException {
        handOver(request, fd, "the kernel accepts the program; an inert one was handed over in its place");
    }

    /**
     * Hands a descriptor over.
     *
     * @param decision a denial only where the gate is permissive: the record then shows it
     * @throws SyscallException with {@code ENOENT} when the client no longer waits or another thread answers; with another number when
     *     the client cannot take the descriptor
     */
    public void handOver(MediatedRequest request, int fd, HookResult decision) throws SyscallException {
        handOver(request, fd, decision.isAllow() ? "" : "permissive: would be denied: " + decision.reason());
    }

    private void handOver(MediatedRequest request, int fd, String reason) throws SyscallException {
        if (!request.mayAnswer()) {
            throw new SyscallException("seccomp", Errnos.ENOENT, 0);
        }
        OptionalInt handedOver =
                OptionalInt.of(notifications.handOver(request.notification().id(), fd));
        request.recordAnswer(new MediationResult(handedOver, Optional.empty(), reason));
    }
}
