package org.bpfgate.kernel.internal.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.Lock;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.MissingRights;
import org.bpfgate.kernel.internal.load.DenialText;
import org.bpfgate.kernel.internal.object.Tokens;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.AttrCopy;
import org.bpfgate.kernel.internal.request.CommonAttributes;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.request.TrialLock;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.OtherAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.KernelRefusal;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.stack.SecurityHooks;

/**
 * Mediates the commands of bpf(2) other than {@code BPF_PROG_LOAD}. For one thread, whose system calls it makes.
 *
 * <ul>
 *   <li>A command that gives a descriptor that a hook decides on is executed from a copy, as a load is.
 *   <li>Of any other command the modules see the command only, which the client can no longer change; the kernel then executes it.
 *       They do not see the attributes, which the client can still change.
 * </ul>
 */
public final class CommandMediation {
    private final MediationContext context;
    private final Syscalls syscalls;
    private final Answers answers;
    private final ClientRights rights;
    private final SecurityHooks hooks;

    public CommandMediation(MediationContext context, Syscalls syscalls, Answers answers, ClientRights rights) {
        this.context = context;
        this.syscalls = syscalls;
        this.answers = answers;
        this.rights = rights;
        hooks = context.hooks();
    }

    /** Answers a request, and records in it what becomes known. */
    public void mediate(MediatedRequest request) {
        try {
            answers.requireWaiting(request.notification());
            if (context.audit().isOpen()) {
                request.client().readAll(syscalls, answers.stillWaiting(request.notification()));
            }
            if (isPerformed(request.command())) {
                copyAndExecute(request);
            } else {
                leaveToTheKernel(request);
            }
        } catch (SyscallException e) {
            request.recordFailure(e, rights.isOfOwnNamespace(request.status()));
            answers.fail(request, e);
        }
    }

    /** Returns whether a command is performed from a copy, so that the kernel never sees the client's own command word. */
    public static boolean isPerformed(BpfCommand command) {
        return switch (command) {
            case MAP_CREATE, MAP_GET_FD_BY_ID, PROG_GET_FD_BY_ID, OBJ_GET, TOKEN_CREATE -> true;
            default -> false;
        };
    }

    private void leaveToTheKernel(MediatedRequest request) {
        HookResult decision = decide(request, new byte[0]);
        if (decision.isAllow()) {
            answers.letThrough(request, MediationResult.leftToTheKernel("allowed: performed by the kernel"));
        } else {
            answers.deny(request, decision);
        }
    }

    private void copyAndExecute(MediatedRequest request) throws SyscallException {
        Notification notification = request.notification();
        try (NativeScope scope = NativeScope.open();
                ClientFds fds = answers.openFds(syscalls, request);
                ClientMemory memory = answers.openMemory(syscalls, request)) {
            byte[] attr = AttrCopy.read(memory, notification);
            if (request.command() == BpfCommand.MAP_CREATE) {
                request.recordAsked(new KernelRefusal.Asked(
                        ByteBuffer.wrap(attr).order(ByteOrder.nativeOrder()).getInt(OtherAttr.MAP_TYPE), 0, 0));
            }
            CommandLog log = new CommandLog(CommonAttributes.read(memory, notification), memory, scope);
            answers.requireWaiting(notification);
            HookResult decision = decide(request, AttrCopy.given(attr, notification));
            if (!decision.isAllow()) {
                deny(request, decision, log);
                return;
            }
            CommandRequest copy = new CommandRequest(
                    request,
                    scope.copyOf(attr),
                    answers.stillWaitingOnAnyThread(context.machine(), notification),
                    memory,
                    fds,
                    scope,
                    context,
                    syscalls,
                    rights,
                    log);
            boolean hasToken = hasToken(copy);
            request.recordToken(hasToken);
            if (answers.isPermissive() && hasToken) {
                answers.letThrough(request, MediationResult.leftToTheKernel());
                return;
            }
            try (MediatedOperation operation = operation(copy)) {
                perform(copy, operation);
            }
        }
    }

    /** The kernel would look up the rights of a token for the gate. */
    private static boolean hasToken(CommandRequest copy) {
        return copy.mediated().command() == BpfCommand.MAP_CREATE && Tokens.Place.MAP.isIn(copy.attr());
    }

    /** Asks about the command itself. */
    private HookResult decide(MediatedRequest request, byte[] attr) {
        return request.recordDecision(hooks.bpf(new BpfRequest(request.command(), attr, LoadOrigin.USER)));
    }

    /** Writes the reason where the client wants a log of the command. Otherwise the client gets an error number only. */
    private void deny(MediatedRequest request, HookResult denial, CommandLog log) throws SyscallException {
        if (!answers.isPermissive()) {
            answers.requireWaiting(request.notification());
            log.write(DenialText.of(denial));
        }
        answers.deny(request, denial);
    }

    private static MediatedOperation operation(CommandRequest request) {
        BpfCommand command = request.mediated().command();
        return switch (command) {
            case MAP_CREATE -> new MapCreateOperation(request);
            case MAP_GET_FD_BY_ID -> new GetByIdOperation(request, Syscalls.Bpf.MAP_GET_FD_BY_ID);
            case PROG_GET_FD_BY_ID -> new GetByIdOperation(request, Syscalls.Bpf.PROG_GET_FD_BY_ID);
            case OBJ_GET -> new ObjGetOperation(request);
            case TOKEN_CREATE -> new TokenCreateOperation(request);
            default -> throw new IllegalArgumentException(command + " is performed by the kernel");
        };
    }

    private void perform(CommandRequest copy, MediatedOperation operation) throws SyscallException {
        MediatedRequest request = copy.mediated();
        request.recordObject(operation.object());
        HookResult before = request.recordDecision(operation.preCheck());
        if (!before.isAllow()) {
            deny(request, before, copy.log());
            return;
        }
        int fd = execute(copy, operation);
        try {
            HookResult decision = request.recordDecision(operation.postCheck(fd));
            request.recordObject(operation.object());
            if (decision.isAllow() || answers.isPermissive()) {
                answers.handOver(request, fd, decision);
            } else {
                deny(request, decision, copy.log());
            }
        } finally {
            syscalls.close(fd);
        }
    }

    /** The client gets the kernel's log whether the command succeeds or not. */
    private int execute(CommandRequest copy, MediatedOperation operation) throws SyscallException {
        MediatedRequest request = copy.mediated();
        int fd;
        try {
            fd = executeOutsideOfTrials(operation);
        } catch (SyscallException e) {
            if (!answers.isPermissive()) {
                answers.requireWaiting(request.notification());
                copy.log().copyBack();
            }
            throw MissingRights.explain(e, rights.usable(request.status()), request.command());
        }
        try {
            answers.requireWaiting(request.notification());
            copy.log().copyBack();
            return fd;
        } catch (SyscallException e) {
            syscalls.close(fd);
            throw e;
        }
    }

    /** A lookup by id waits for the end of a trial; see {@link TrialLock}. */
    private int executeOutsideOfTrials(MediatedOperation operation) throws SyscallException {
        if (!(operation instanceof GetByIdOperation)) {
            return operation.execute();
        }
        Lock lookup = context.trialLock().lookup();
        lookup.lock();
        try {
            return operation.execute();
        } finally {
            lookup.unlock();
        }
    }
}
