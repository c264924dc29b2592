package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.MissingRights;
import org.bpfgate.kernel.internal.object.ClientToken;
import org.bpfgate.kernel.internal.object.KernelMap;
import org.bpfgate.kernel.internal.object.KernelTags;
import org.bpfgate.kernel.internal.object.LoadedInfo;
import org.bpfgate.kernel.internal.object.Tokens;
import org.bpfgate.kernel.internal.probe.InertProgram;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.AttrCopy;
import org.bpfgate.kernel.internal.request.CommonAttributes;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.request.MemoryBudget;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.LoadedProgram;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.LoadOrigin;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;

/**
 * Mediates {@code BPF_PROG_LOAD}: copy, decide, load from the copies with the client's rights, hand the descriptor over. For one
 * thread, whose system calls it makes.
 */
public final class LoadMediation {
    private final MediationContext gate;
    private final Syscalls syscalls;
    private final Answers answers;
    private final SecurityHooks hooks;
    private final ClientRights rights;
    private final LoadRights loadRights;
    private final Tokens tokens;
    private final LoadedProgramCheck view = new LoadedProgramCheck(KernelTags.ofTheRunningKernel());
    private final boolean permissive;

    public LoadMediation(MediationContext gate, Syscalls syscalls, Answers answers, ClientRights rights) {
        this.gate = gate;
        this.syscalls = syscalls;
        this.answers = answers;
        this.rights = rights;
        loadRights = new LoadRights(syscalls, rights);
        hooks = gate.hooks();
        tokens = new Tokens(syscalls, rights, hooks);
        permissive = gate.permissive();
    }

    /**
     * Answers a request.
     *
     * @param exchange takes what becomes known of it, and the answer
     */
    public void mediate(Notification request, MediatedRequest exchange) {
        try (ClientMemory memory = answers.openMemory(syscalls, request, exchange)) {
            byte[] attr = AttrCopy.read(memory, request);
            long logTrueSize = CommonAttributes.read(memory, request).mergeLog(attr);
            exchange.hasToken = LoadRights.hasToken(attr);
            exchange.asked = Optional.of(LoadCopy.asked(attr));
            loadRights.require(attr, exchange.status());
            MemoryBudget.Share share = gate.memory().take(exchange.status().pid(), LoadCopy.bytesFor(attr));
            try {
                copyAndAnswer(request, exchange, memory, attr, logTrueSize);
            } finally {
                share.close();
            }
        } catch (SyscallException e) {
            exchange.refused(e, rights.isOfOwnNamespace(exchange.status()));
            answers.fail(request, exchange, e.errno(), String.valueOf(e.getMessage()));
        }
    }

    private void copyAndAnswer(
            Notification request, MediatedRequest exchange, ClientMemory memory, byte[] attr, long logTrueSize)
            throws SyscallException {
        try (NativeScope scope = NativeScope.open();
                ClientFds fds =
                        new ClientFds(syscalls, request.tid(), answers.stillWaiting(request), exchange.access())) {
            ClientStatus client = exchange.status();
            ClientProcess process =
                    exchange.client(gate.audit().isOpen() || gate.listener().wantsClient());
            process.readAhead();
            LoadCopy copy = LoadCopy.of(memory, scope, request, attr);
            LoadFds.References references = LoadFds.replace(gate.machine(), memory, fds, copy, scope);
            answers.requireWaiting(request);
            ProgramLoad described = LoadDescription.of(
                    copy, references.maps(), LoadTypes.of(syscalls, copy, references), process, gate.probes());
            ProgramLoad load = permissive ? described.withoutEnforcement() : described;
            // Of a large program it takes long, which is not to count as a module's time.
            load.program().instructions().digest();
            exchange.load = load;
            try (VerifierLog log = new VerifierLog(memory, copy, logTrueSize)) {
                new MediatedLoad(request, exchange, load, client, copy, references.maps(), log).answer();
            } finally {
                hooks.bpfProgFree(load.program());
            }
        }
    }

    /** The kernel would look a signature's keyring, a device, and what a token is worth up as for the gate. */
    private static boolean isTheSameFromHere(LoadCopy copy) {
        return copy.signature().isEmpty()
                && copy.original().getInt(PROG_IFINDEX) == 0
                && !Tokens.Place.LOAD.isIn(copy.original());
    }

    /** One load that is copied and described, from the decision to the answer. */
    private final class MediatedLoad {
        private final Notification request;
        private final MediatedRequest exchange;
        private final ProgramLoad load;
        private final ClientStatus client;
        private final LoadCopy copy;
        private final List<KernelMap> maps;
        private final VerifierLog log;

        MediatedLoad(
                Notification request,
                MediatedRequest exchange,
                ProgramLoad load,
                ClientStatus client,
                LoadCopy copy,
                List<KernelMap> maps,
                VerifierLog log) {
            this.request = request;
            this.exchange = exchange;
            this.load = load;
            this.client = client;
            this.copy = copy;
            this.maps = maps;
            this.log = log;
        }

        /** Decides, and does what was decided; a permissive gate loads whatever was decided. */
        void answer() throws SyscallException {
            HookResult decision = decide();
            exchange.tried = !permissive && load.isTriable() && decision.isTrialAllowed();
            if (!decision.isAllow() && !permissive && !exchange.tried) {
                deny(decision);
            } else if (permissive && !isTheSameFromHere(copy)) {
                answers.letThrough(request, exchange, MediationResult.leftToTheKernel());
            } else if (exchange.tried || needsSubstitute()) {
                tryOut(decision);
            } else {
                perform(decision);
            }
        }

        /** A known probe's own instructions never run: what it asks is answered by the load alone. */
        private boolean needsSubstitute() {
            return !permissive
                    && load.probe().isPresent()
                    && !InertProgram.isInert(load.program().type(), load.attachType(), copy.instructions());
        }

        /** Asks in the kernel's order; the first denial is the decision. */
        private HookResult decide() throws SyscallException {
            byte[] attributes = copy.original().getBytes(0, Math.min(copy.size(), SIZE));
            HookResult command = hooks.bpf(new BpfRequest(BpfCommand.PROG_LOAD, attributes, LoadOrigin.USER));
            if (!command.isAllow()) {
                return exchange.said(command);
            }
            LoadDecision decision = hooks.bpfProgLoad(load);
            exchange.decision = decision;
            if (!decision.isAllow()) {
                return decision.result();
            }
            Optional<HookResult> device = DeviceRule.refusal(syscalls, request, copy);
            return device.isPresent() ? exchange.said(device.get()) : HookResult.ALLOW;
        }

        private void deny(HookResult denial) throws SyscallException {
            answers.requireWaiting(request);
            LoadDecision decision = exchange.decision;
            String note = gate.deniedProbes().noteFor(client, load);
            log.write(
                    decision == null || decision.isAllow()
                            ? DenialText.of(denial)
                            : DenialText.of(load, decision, note));
            String obstacle = DenialText.trialObstacle(load, denial).orElse("");
            answers.deny(
                    request,
                    exchange,
                    denial,
                    note.isEmpty() || obstacle.isEmpty() ? note + obstacle : note + "; " + obstacle);
        }

        /**
         * Performs the load from our copies. The signature was judged here; the client's keyring is not the kernel's to find.
         *
         * @param decision a denial only where the gate is permissive
         */
        private void perform(HookResult decision) throws SyscallException {
            prepare();
            int fd = callTheKernel();
            try {
                LoadedInfo loaded = LoadedInfo.of(syscalls, fd);
                exchange.loaded = new LoadedProgram(loaded.id(), loaded.tag());
                handOver(decision.isAllow() ? decideOn(loaded) : decision, fd);
            } finally {
                syscalls.close(fd);
            }
        }

        private void prepare() throws SyscallException {
            copy.attr().putLong(SIGNATURE, 0);
            copy.attr().putInt(SIGNATURE_SIZE, 0);
            copy.attr().putInt(KEYRING_ID, 0);
            log.prepare(syscalls);
        }

        /** Asks the kernel whether it accepts the program, and hands an inert one over when it does. */
        private void tryOut(HookResult decision) throws SyscallException {
            prepare();
            HookResult last;
            try {
                last = askTheKernel(decision);
            } catch (SyscallException e) {
                throw refusal(e);
            }
            if (!last.isAllow() && !last.isTrialAllowed()) {
                deny(last);
                return;
            }
            answers.requireWaiting(request);
            log.copyBack();
            int inert;
            try {
                copy.becomeInert(load.program().type(), load.attachType());
                inert = load();
            } catch (SyscallException e) {
                exchange.tried = false;
                deny(exchange.said(HookResult.deny(
                        Errno.EACCES,
                        "the kernel accepts the program, but no inert one of its kind, which would be handed over: "
                                + e.getMessage())));
                return;
            }
            try {
                answers.handOverInert(request, exchange, inert);
            } finally {
                syscalls.close(inert);
            }
        }

        /** Nobody finds the program by its number while it is there. The client's memory, which may be slow, is not touched meanwhile. */
        private HookResult askTheKernel(HookResult decision) throws SyscallException {
            Lock trial = gate.trials().trial();
            trial.lock();
            try {
                int fd = load();
                try {
                    return decision.isAllow() ? decideOn(LoadedInfo.of(syscalls, fd)) : decision;
                } finally {
                    syscalls.close(fd);
                }
            } finally {
                trial.unlock();
            }
        }

        private int callTheKernel() throws SyscallException {
            try {
                return load();
            } catch (SyscallException e) {
                throw refusal(e);
            }
        }

        /** Gives the client the kernel's log, or the reason where that is empty; returns the error with its reason. */
        private SyscallException refusal(SyscallException e) throws SyscallException {
            SyscallException explained = MissingRights.explain(
                    e, rights.usable(client), load.program().type());
            if (gate.listener().wantsVerifierLog()) {
                exchange.verifierLog = log.text().orElseGet(this::loadForTheLog);
            }
            if (!permissive) {
                answers.requireWaiting(request);
                log.copyBackOr(DenialText.ofKernel(explained));
            }
            return explained;
        }

        /** Makes the refused load once more, with a log of our own; nothing is handed over, whatever comes of it. */
        private String loadForTheLog() {
            try (VerifierLog.Own own = VerifierLog.own(syscalls, copy)) {
                try {
                    syscalls.close(load());
                } catch (SyscallException e) {
                    return own.text();
                }
                return "";
            } catch (SyscallException e) {
                return "";
            }
        }

        private int load() throws SyscallException {
            try (ClientToken token = tokens.in(copy.attr(), Tokens.Place.LOAD, client)) {
                try {
                    return rights.perform(
                            token.capabilities(), () -> syscalls.bpf(Syscalls.Bpf.PROG_LOAD, copy.attr(), SIZE));
                } catch (SyscallException e) {
                    throw token.explain(e);
                }
            }
        }

        /** The modules' last word, after the kernel was asked whether it has loaded what they decided on. */
        private HookResult decideOn(LoadedInfo loaded) {
            Optional<String> difference = view.difference(loaded, copy, load, maps);
            HookResult result = difference.isPresent()
                    ? HookResult.deny(Errno.EACCES, difference.get())
                    : hooks.bpfProg(load.program());
            return result.isAllow() ? result : exchange.said(result);
        }

        private void handOver(HookResult decision, int fd) throws SyscallException {
            if (!decision.isAllow() && !permissive) {
                deny(decision);
                return;
            }
            answers.requireWaiting(request);
            log.copyBack();
            answers.handOver(request, exchange, fd, decision);
        }
    }
}
