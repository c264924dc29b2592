package org.bpfgate.kernel.internal.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.Clients;
import org.bpfgate.kernel.internal.command.CommandMediation;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.seccomp.Notifications.Way;
import org.bpfgate.kernel.internal.syscall.Architecture;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.mediation.RefusedCall.Kind;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.LoadClient;
import org.jspecify.annotations.Nullable;

/**
 * Refuses and records calls of bpf(2) that this version does not know; no module is asked about them. For one thread, whose
 * system calls it makes.
 */
final class RefusedCalls {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private final MediationContext context;
    private final Syscalls syscalls;
    private final Answers answers;
    private final Clients clients;

    RefusedCalls(MediationContext context, Syscalls syscalls, Answers answers, Clients clients) {
        this.syscalls = syscalls;
        this.context = context;
        this.answers = answers;
        this.clients = clients;
    }

    /** Why a call is refused, and with which error. */
    record Refusal(Kind kind, int errno, String reason) {}

    /**
     * Refuses and records a call that is not to be mediated; a permissive gate leaves it to the kernel and records it.
     *
     * @return false when it is to be mediated
     */
    boolean refuses(Notification request) {
        Optional<Refusal> refusal =
                refusal(context.machine().architecture(), request, context.machine()::knowsCommonAttributes);
        refusal.ifPresent(why -> refuse(request, why));
        return refusal.isPresent();
    }

    /** Whether the kernel has {@code BPF_COMMON_ATTRS}; asked where that matters only. */
    interface Flag {
        boolean isKnown();
    }

    /** Finds out whether a call is to be refused; empty when it is to be mediated. */
    static Optional<Refusal> refusal(Architecture machine, Notification request, Flag commonAttributes) {
        Way way = request.way();
        if (way.architecture() != machine.audit()) {
            return refused(Kind.FOREIGN_ABI, Errnos.EPERM, "a 32-bit call of bpf(2)");
        }
        if (way.number() != machine.numbers().bpf()) {
            return refused(Kind.FOREIGN_ABI, Errnos.ENOSYS, "an x32 call of bpf(2)");
        }
        Optional<BpfCommand> command = BpfCommand.byNumber(request.command());
        if (command.isEmpty()) {
            return refused(Kind.UNKNOWN_COMMAND, Errnos.EINVAL, "a command that this version does not know");
        }
        boolean isPerformed = command.get() == BpfCommand.PROG_LOAD || CommandMediation.isPerformed(command.get());
        if (!isPerformed) {
            // The kernel performs it with the client's own word. A bit there that means nothing today may mean
            // something to the next kernel.
            return request.word().hasZeroHighHalf()
                    ? Optional.empty()
                    : refused(Kind.UNKNOWN_COMMAND, Errnos.EINVAL, "unknown bits above the command");
        }
        return request.word().hasCommonAttributes()
                ? withCommonAttributes(request, commonAttributes)
                : Optional.empty();
    }

    private static Optional<Refusal> withCommonAttributes(Notification request, Flag commonAttributes) {
        if (!commonAttributes.isKnown()) {
            return refused(Kind.COMMON_ATTRIBUTES, Errnos.EINVAL, "this kernel does not have BPF_COMMON_ATTRS");
        }
        return request.commonAttr() == 0 && request.commonSize() != 0
                ? refused(Kind.COMMON_ATTRIBUTES, Errnos.EFAULT, "BPF_COMMON_ATTRS without attributes")
                : Optional.empty();
    }

    private static Optional<Refusal> refused(Kind kind, int errno, String reason) {
        return Optional.of(new Refusal(kind, errno, reason));
    }

    private void refuse(Notification request, Refusal refusal) {
        Instant time = Instant.now();
        AtomicBoolean isAnswered = new AtomicBoolean();
        ClientProcess client = context.audit().isOpen() ? client(request, isAnswered::get) : null;
        MediationResult result = answers.refuse(request, refusal.errno(), refusal.reason());
        // An audit sink reads it on another thread, which must not use this thread's system calls.
        isAnswered.set(true);
        Optional<LoadClient> caller = Optional.ofNullable(client);
        context.record(new RefusedCall(time, caller, request.word().bits(), refusal.kind(), result), request, client);
    }

    private @Nullable ClientProcess client(Notification request, BooleanSupplier isAnswered) {
        try {
            ClientProcess process = new ClientProcess(
                    clients.of(request.tid()),
                    context.machine()::newSyscalls,
                    answers.stillWaiting(request),
                    new AccessWatch(),
                    isAnswered);
            if (process.readNames(syscalls, answers.stillWaiting(request))) {
                return process;
            }
            LOG.log(Level.DEBUG, "the client of a refused call waits no more");
        } catch (SyscallException e) {
            LOG.log(Level.DEBUG, "the client of a refused call is gone: {0}", e.getMessage());
        }
        return null;
    }
}
