package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import java.util.List;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.SecurityHooks;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.Notifications.Notification;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.UsedMap;

/**
 * Mediates {@code BPF_PROG_LOAD}: copy, decide, load from the copies with the client's rights, hand the descriptor over. For one
 * thread, whose system calls it makes.
 */
final class LoadMediation {
    private final Gate gate;
    private final Syscalls syscalls;
    private final Answers answers;
    private final SecurityHooks hooks;
    private final Clients clients;
    private final ClientRights rights;
    private final Tokens tokens;
    private final boolean permissive;

    LoadMediation(Gate gate, Syscalls syscalls, Answers answers, Clients clients, ClientRights rights) {
        this.gate = gate;
        this.syscalls = syscalls;
        this.answers = answers;
        this.clients = clients;
        this.rights = rights;
        hooks = gate.hooks();
        tokens = new Tokens(syscalls, rights, hooks);
        permissive = gate.permissive();
    }

    /**
     * Answers a request.
     *
     * @param exchange takes what becomes known of it, and the answer
     */
    void mediate(Notification request, Exchange exchange) {
        try (ClientMemory memory = ClientMemory.open(syscalls, request.tid(), answers.stillWaiting(request))) {
            byte[] attr = AttrCopy.read(memory, request);
            long logTrueSize = CommonAttributes.read(memory, request).mergeLog(attr);
            MemoryBudget.Share share = gate.memory().take(LoadCopy.bytesFor(attr));
            try {
                copyAndAnswer(request, exchange, memory, attr, logTrueSize);
            } finally {
                share.close();
            }
        } catch (SyscallException e) {
            answers.fail(request, exchange, e.errno(), String.valueOf(e.getMessage()));
        }
    }

    private void copyAndAnswer(
            Notification request, Exchange exchange, ClientMemory memory, byte[] attr, long logTrueSize)
            throws SyscallException {
        try (NativeScope scope = NativeScope.open();
                ClientFds fds = new ClientFds(syscalls, request.tid(), answers.stillWaiting(request))) {
            ClientStatus client = clients.of(request.tid());
            ClientProcess process = exchange.askedBy(
                    client,
                    answers.stillWaitingOnAnyThread(gate.machine(), request),
                    gate.audit().isOpen());
            LoadCopy copy = LoadCopy.of(memory, scope, request, attr);
            List<UsedMap> maps = LoadFds.replace(gate.machine(), memory, fds, copy, scope);
            answers.requireWaiting(request);
            ProgramLoad load = LoadDescription.of(copy, maps, AttachTargets.of(syscalls, copy), process);
            exchange.load = load;
            try (VerifierLog log = new VerifierLog(memory, copy, logTrueSize)) {
                answer(request, exchange, load, client, copy, log);
            } finally {
                hooks.bpfProgFree(load.program());
            }
        }
    }

    private void answer(
            Notification request,
            Exchange exchange,
            ProgramLoad load,
            ClientStatus client,
            LoadCopy copy,
            VerifierLog log)
            throws SyscallException {
        HookResult command = hooks.bpf(new BpfRequest(BpfCommand.PROG_LOAD, attributes(copy), LoadOrigin.USER));
        if (!command.isAllow()) {
            deny(request, exchange, command, log, DenialText.of(command));
            return;
        }
        LoadDecision decision = hooks.bpfProgLoad(load);
        exchange.decision = decision;
        if (!decision.isAllow() && !permissive) {
            deny(request, exchange, decision.result(), log, DenialText.of(load, decision));
        } else if (permissive && !isTheSameFromHere(copy)) {
            answers.letThrough(request, exchange, MediationResult.leftToTheKernel());
        } else {
            load(request, exchange, load, client, copy, log);
        }
    }

    /** The kernel would look a signature's keyring, a device, and what a token is worth up as for the gate. */
    private static boolean isTheSameFromHere(LoadCopy copy) {
        return copy.signature().isEmpty()
                && copy.original().getInt(PROG_IFINDEX) == 0
                && !Tokens.Place.LOAD.isIn(copy.original());
    }

    private static byte[] attributes(LoadCopy copy) {
        return copy.original().getBytes(0, Math.min(copy.size(), SIZE));
    }

    private void deny(Notification request, Exchange exchange, HookResult result, VerifierLog log, String text)
            throws SyscallException {
        if (!permissive) {
            answers.requireWaiting(request);
            log.write(text);
        }
        answers.deny(request, exchange, result);
    }

    /** Performs the load from our copies. The signature was judged here; the client's keyring is not the kernel's to find. */
    private void load(
            Notification request,
            Exchange exchange,
            ProgramLoad load,
            ClientStatus client,
            LoadCopy copy,
            VerifierLog log)
            throws SyscallException {
        copy.attr().putLong(SIGNATURE, 0);
        copy.attr().putInt(SIGNATURE_SIZE, 0);
        copy.attr().putInt(KEYRING_ID, 0);
        log.prepare(syscalls);
        int fd;
        try (BroughtToken token = tokens.in(copy.attr(), Tokens.Place.LOAD, client)) {
            fd = load(copy, token);
        } catch (SyscallException e) {
            if (!permissive) {
                answers.requireWaiting(request);
                log.copyBack();
            }
            throw e;
        }
        try {
            handOver(request, exchange, load, log, fd);
        } finally {
            syscalls.close(fd);
        }
    }

    private int load(LoadCopy copy, BroughtToken token) throws SyscallException {
        try {
            return rights.perform(token.capabilities(), () -> syscalls.bpf(Syscalls.Bpf.PROG_LOAD, copy.attr(), SIZE));
        } catch (SyscallException e) {
            throw token.explain(e);
        }
    }

    private void handOver(Notification request, Exchange exchange, ProgramLoad load, VerifierLog log, int fd)
            throws SyscallException {
        HookResult result = hooks.bpfProg(load.program());
        if (!result.isAllow() && !permissive) {
            deny(request, exchange, result, log, DenialText.of(result));
            return;
        }
        answers.requireWaiting(request);
        log.copyBack();
        answers.handOver(request, exchange, fd, result);
    }
}
