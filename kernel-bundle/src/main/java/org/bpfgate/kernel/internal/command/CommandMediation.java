package org.bpfgate.kernel.internal.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
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
 * Mediates the commands of bpf(2) other than {@code BPF_PROG_LOAD}. Those that hand over something that a hook decides on are
 * performed from a copy, as loads are. Of the rest only the command itself is decided on, which the client cannot change any
 * more; the kernel then performs it. The modules are not shown attributes that the client could still change. For one thread,
 * whose system calls it makes.
 */
public final class CommandMediation {
    private final MediationContext gate;
    private final Syscalls syscalls;
    private final Answers answers;
    private final ClientRights rights;
    private final SecurityHooks hooks;

    public CommandMediation(MediationContext gate, Syscalls syscalls, Answers answers, ClientRights rights) {
        this.gate = gate;
        this.syscalls = syscalls;
        this.answers = answers;
        this.rights = rights;
        hooks = gate.hooks();
    }

    /**
     * Answers a request.
     *
     * @param exchange takes what becomes known of it, and the answer
     */
    public void mediate(Notification request, MediatedRequest exchange) {
        try {
            ClientStatus client = exchange.status();
            answers.requireWaiting(request);
            exchange.client(gate.audit().isOpen());
            if (isPerformed(exchange.command())) {
                copyAndPerform(request, exchange, client);
            } else {
                leaveToTheKernel(request, exchange);
            }
        } catch (SyscallException e) {
            exchange.refused(e, rights.isOfOwnNamespace(exchange.status()));
            answers.fail(request, exchange, e.errno(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether a command is performed from a copy, so that the kernel never sees the client's own command word. */
    public static boolean isPerformed(BpfCommand command) {
        return switch (command) {
            case MAP_CREATE, MAP_GET_FD_BY_ID, PROG_GET_FD_BY_ID, OBJ_GET, TOKEN_CREATE -> true;
            default -> false;
        };
    }

    private void leaveToTheKernel(Notification request, MediatedRequest exchange) {
        HookResult said = decide(exchange, new byte[0]);
        if (said.isAllow()) {
            answers.letThrough(request, exchange, MediationResult.leftToTheKernel("allowed: performed by the kernel"));
        } else {
            answers.deny(request, exchange, said);
        }
    }

    private void copyAndPerform(Notification request, MediatedRequest exchange, ClientStatus client)
            throws SyscallException {
        try (NativeScope scope = NativeScope.open();
                ClientFds fds =
                        new ClientFds(syscalls, request.tid(), answers.stillWaiting(request), exchange.access());
                ClientMemory memory = answers.openMemory(syscalls, request, exchange)) {
            byte[] attr = AttrCopy.read(memory, request);
            if (exchange.command() == BpfCommand.MAP_CREATE) {
                exchange.asked = Optional.of(new KernelRefusal.Asked(
                        ByteBuffer.wrap(attr).order(ByteOrder.nativeOrder()).getInt(OtherAttr.MAP_TYPE), 0, 0));
            }
            CommandLog log = new CommandLog(CommonAttributes.read(memory, request), memory, scope);
            answers.requireWaiting(request);
            if (isPermitted(request, exchange, AttrCopy.given(attr, request), log)) {
                CommandRequest copy = new CommandRequest(
                        scope.copyOf(attr),
                        client,
                        answers.stillWaitingOnAnyThread(gate.machine(), request),
                        memory,
                        exchange.access(),
                        fds,
                        scope,
                        hooks,
                        gate.machine(),
                        syscalls,
                        rights,
                        log);
                exchange.hasToken = bringsToken(exchange.command(), copy);
                if (answers.isPermissive() && exchange.hasToken) {
                    answers.letThrough(request, exchange, MediationResult.leftToTheKernel());
                    return;
                }
                try (MediatedOperation performance = performance(exchange.command(), copy)) {
                    perform(request, exchange, performance, log);
                }
            }
        }
    }

    /** What a token is worth the kernel would look up as for the gate. */
    private static boolean bringsToken(BpfCommand command, CommandRequest copy) {
        return command == BpfCommand.MAP_CREATE && Tokens.Place.MAP.isIn(copy.attr());
    }

    /** Asks about the command itself; answers the request when the modules refuse. */
    private boolean isPermitted(Notification request, MediatedRequest exchange, byte[] attr, CommandLog log)
            throws SyscallException {
        HookResult said = decide(exchange, attr);
        if (!said.isAllow()) {
            deny(request, exchange, said, log);
        }
        return said.isAllow();
    }

    private HookResult decide(MediatedRequest exchange, byte[] attr) {
        return exchange.said(hooks.bpf(new BpfRequest(exchange.command(), attr, LoadOrigin.USER)));
    }

    /** The reason goes where the client wants a log of the command; nothing else tells it more than an error number. */
    private void deny(Notification request, MediatedRequest exchange, HookResult said, CommandLog log)
            throws SyscallException {
        if (!answers.isPermissive()) {
            answers.requireWaiting(request);
            log.write(DenialText.of(said));
        }
        answers.deny(request, exchange, said);
    }

    private static MediatedOperation performance(BpfCommand command, CommandRequest request) {
        return switch (command) {
            case MAP_CREATE -> new MapCreateOperation(request);
            case MAP_GET_FD_BY_ID -> new GetByIdOperation(request, Syscalls.Bpf.MAP_GET_FD_BY_ID);
            case PROG_GET_FD_BY_ID -> new GetByIdOperation(request, Syscalls.Bpf.PROG_GET_FD_BY_ID);
            case OBJ_GET -> new ObjGetOperation(request);
            case TOKEN_CREATE -> new TokenCreateOperation(request);
            default -> throw new IllegalArgumentException(command + " is performed by the kernel");
        };
    }

    private void perform(Notification request, MediatedRequest exchange, MediatedOperation performance, CommandLog log)
            throws SyscallException {
        exchange.object = performance.object();
        HookResult said = exchange.said(performance.permit());
        if (!said.isAllow()) {
            deny(request, exchange, said, log);
            return;
        }
        int fd = execute(request, exchange, performance, log);
        try {
            said = exchange.said(performance.decide(fd));
            exchange.object = performance.object();
            if (said.isAllow() || answers.isPermissive()) {
                answers.handOver(request, exchange, fd, said);
            } else {
                deny(request, exchange, said, log);
            }
        } finally {
            syscalls.close(fd);
        }
    }

    /** No program that is being tried is found by its number; see {@link TrialLock}. */
    private int performOutsideOfTrials(MediatedOperation performance) throws SyscallException {
        if (!(performance instanceof GetByIdOperation)) {
            return performance.perform();
        }
        Lock lookup = gate.trials().lookup();
        lookup.lock();
        try {
            return performance.perform();
        } finally {
            lookup.unlock();
        }
    }

    /** The client gets the kernel's log whether the command succeeds or not. */
    private int execute(Notification request, MediatedRequest exchange, MediatedOperation performance, CommandLog log)
            throws SyscallException {
        int fd;
        try {
            fd = performOutsideOfTrials(performance);
        } catch (SyscallException e) {
            if (!answers.isPermissive()) {
                answers.requireWaiting(request);
                log.copyBack();
            }
            throw MissingRights.explain(e, rights.usable(exchange.status()), exchange.command());
        }
        try {
            answers.requireWaiting(request);
            log.copyBack();
            return fd;
        } catch (SyscallException e) {
            syscalls.close(fd);
            throw e;
        }
    }
}
