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
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.MissingRights;
import org.bpfgate.kernel.internal.object.ClientToken;
import org.bpfgate.kernel.internal.object.KernelMap;
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
import org.jspecify.annotations.Nullable;

/**
 * One mediated load, from the copy of the client's request to the answer. For one thread. Each step is called once, in this order:
 *
 * <ol>
 *   <li>{@link #read} copies the load and describes it to the modules.
 *   <li>{@link #decide} asks the modules.
 *   <li>{@link #perform} makes the load from the copy, if the decision permits it.
 *   <li>{@link #handOver} answers the request.
 * </ol>
 *
 * <p>A step that throws {@link SyscallException} leaves the request without an answer; the caller then ends it with that error.
 */
final class MediatedLoad implements AutoCloseable {
    private static final int NONE = -1;

    private final LoadTools tools;
    private final MediationContext context;
    private final Syscalls syscalls;
    private final Answers answers;
    private final SecurityHooks hooks;
    private final boolean permissive;

    private final MediatedRequest request;
    private final ClientStatus client;
    private final OpenResources open;
    private final LoadCopy copy;
    private final List<KernelMap> maps;
    private final ProgramLoad load;
    private final VerifierLog log;

    /** The last decision; a denial at first, so that nothing is handed over that was not decided on. */
    private HookResult decision = HookResult.deny(Errno.EACCES, "the load was not decided on");

    /** The decision on the load by the modules' load hooks; null while they were not asked. */
    private @Nullable LoadDecision loadDecision;

    /** Whether the modules permit a trial only: the kernel checks the program, and the client gets an inert one. */
    private boolean isTrial;

    /** The descriptor of what the kernel loaded; {@link #NONE} when there is nothing to hand over. */
    private int fd = NONE;

    /** Whether the descriptor is that of an inert program. */
    private boolean isInert;

    private MediatedLoad(LoadTools tools, MediatedRequest request, OpenResources open) throws SyscallException {
        this.tools = tools;
        this.request = request;
        this.open = open;
        context = tools.context();
        syscalls = tools.syscalls();
        answers = tools.answers();
        hooks = context.hooks();
        permissive = context.permissive();
        client = request.status();
        Notification notification = request.notification();
        ClientMemory memory = answers.openMemory(syscalls, request);
        open.add(memory::close);
        byte[] attr = AttrCopy.read(memory, notification);
        long logTrueSize = CommonAttributes.read(memory, notification).mergeLog(attr);
        open.add(admit(tools, request, attr)::close);
        NativeScope scope = NativeScope.open();
        open.add(scope::close);
        ClientFds fds = answers.openFds(syscalls, request);
        open.add(fds::close);
        ClientProcess process = request.client();
        if (context.audit().isOpen() || context.listener().wantsClient()) {
            process.readAll(syscalls, answers.stillWaiting(notification));
        }
        process.readAhead();
        copy = LoadCopy.of(memory, scope, notification, attr);
        LoadFds.References references = LoadFds.replace(context.machine(), memory, fds, copy, scope);
        maps = references.maps();
        answers.requireWaiting(notification);
        load = describe(LoadTypes.of(syscalls, copy, references), process);
        open.add(() -> hooks.bpfProgFree(load.program()));
        request.recordLoad(load);
        log = new VerifierLog(memory, copy, logTrueSize);
        open.add(log::close);
    }

    /**
     * Copies a load, and describes it to the modules.
     *
     * @throws SyscallException with the error that the kernel gives for such a request; with {@code ENOENT} when the client no longer
     *     waits; with {@code ENOMEM} when the gate has no memory for it
     */
    static MediatedLoad read(LoadTools tools, MediatedRequest request) throws SyscallException {
        OpenResources open = new OpenResources();
        try {
            return new MediatedLoad(tools, request, open);
        } catch (SyscallException | RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    /** Refuses a load that the client has no right to make; waits for memory for any other, which is given back at the end. */
    private static MemoryBudget.Share admit(LoadTools tools, MediatedRequest request, byte[] attr)
            throws SyscallException {
        request.recordToken(LoadRights.hasToken(attr));
        request.recordAsked(LoadCopy.asked(attr));
        tools.loadRights().require(attr, request.status());
        return tools.context().memory().take(request.status().pid(), LoadCopy.bytesFor(attr));
    }

    private ProgramLoad describe(LoadTypes types, ClientProcess process) {
        ProgramLoad described = LoadDescription.of(copy, maps, types, process, context.probes());
        // The digest of a large program takes long, which is not to count as a module's time.
        described.program().instructions().digest();
        return permissive ? described.withoutEnforcement() : described;
    }

    /** Asks in the kernel's order; the first denial is the decision. */
    void decide() throws SyscallException {
        decision = askModules();
        isTrial = !permissive && load.isTriable() && decision.isTrialAllowed();
        request.recordTrial(isTrial);
    }

    private HookResult askModules() throws SyscallException {
        byte[] attributes = copy.original().getBytes(0, Math.min(copy.size(), SIZE));
        HookResult command = hooks.bpf(new BpfRequest(BpfCommand.PROG_LOAD, attributes, LoadOrigin.USER));
        if (!command.isAllow()) {
            return request.recordDecision(command);
        }
        LoadDecision decided = hooks.bpfProgLoad(load);
        loadDecision = decided;
        request.recordDecision(decided);
        if (!decided.isAllow()) {
            return decided.result();
        }
        Optional<HookResult> device = DeviceRule.refusal(syscalls, request.notification(), copy);
        return device.isPresent() ? request.recordDecision(device.get()) : HookResult.ALLOW;
    }

    /** Makes the load or the trial; nothing when the decision is a denial, or the load is left to the kernel. */
    void perform() throws SyscallException {
        if (isLeftToTheKernel() || !(decision.isAllow() || permissive || isTrial)) {
            return;
        }
        removeSignature();
        log.prepare(syscalls);
        if (isTrial || needsSubstitute()) {
            tryOut();
        } else {
            loadForClient();
        }
    }

    /**
     * Whether a permissive gate leaves the load alone, because the load would mean something else when the gate makes it: the kernel looks
     * up a signature's keyring, a device, and the rights of a token for the caller.
     */
    private boolean isLeftToTheKernel() {
        return permissive
                && (copy.signature().isPresent()
                        || copy.original().getInt(PROG_IFINDEX) != 0
                        || Tokens.Place.LOAD.isIn(copy.original()));
    }

    /** A known probe's own instructions never run: the result of its load is the answer to the probe. */
    private boolean needsSubstitute() {
        return !permissive
                && load.probe().isPresent()
                && !InertProgram.isInert(load.program().type(), load.attachType(), copy.instructions());
    }

    /** The signature was verified here; the kernel cannot find the client's keyring. */
    private void removeSignature() {
        copy.attr().putLong(SIGNATURE, 0);
        copy.attr().putInt(SIGNATURE_SIZE, 0);
        copy.attr().putInt(KEYRING_ID, 0);
    }

    private void loadForClient() throws SyscallException {
        try {
            fd = callKernel();
        } catch (SyscallException e) {
            throw explain(e);
        }
        LoadedInfo loaded = LoadedInfo.of(syscalls, fd);
        request.recordLoaded(new LoadedProgram(loaded.id(), loaded.tag()));
        if (decision.isAllow()) {
            decision = decideOn(loaded);
        }
    }

    /** Asks the kernel whether it accepts the program, and loads an inert one in its place when it does. */
    private void tryOut() throws SyscallException {
        try {
            decision = loadAndClose();
        } catch (SyscallException e) {
            throw explain(e);
        }
        if (!decision.isAllow() && !decision.isTrialAllowed()) {
            return;
        }
        answers.requireWaiting(request.notification());
        log.copyBack();
        try {
            copy.becomeInert(load.program().type(), load.attachType());
            fd = callKernel();
            isInert = true;
        } catch (SyscallException e) {
            request.recordTrial(false);
            decision = request.recordDecision(HookResult.deny(
                    Errno.EACCES,
                    "the kernel accepts the program, but no inert one of its kind, which would be handed over: "
                            + e.getMessage()));
        }
    }

    /** No client finds the program by its id meanwhile. The client's memory, which may be slow, is not accessed under the lock. */
    private HookResult loadAndClose() throws SyscallException {
        Lock trial = context.trialLock().trial();
        trial.lock();
        try {
            int tried = callKernel();
            try {
                return decision.isAllow() ? decideOn(LoadedInfo.of(syscalls, tried)) : decision;
            } finally {
                syscalls.close(tried);
            }
        } finally {
            trial.unlock();
        }
    }

    private int callKernel() throws SyscallException {
        try (ClientToken token = tools.tokens().in(copy.attr(), Tokens.Place.LOAD, client)) {
            try {
                return tools.rights()
                        .perform(token.capabilities(), () -> syscalls.bpf(Syscalls.Bpf.PROG_LOAD, copy.attr(), SIZE));
            } catch (SyscallException e) {
                throw token.explain(e);
            }
        }
    }

    /** The modules' last decision, after the comparison of what the kernel loaded with what they decided on. */
    private HookResult decideOn(LoadedInfo loaded) {
        Optional<String> difference = tools.check().difference(loaded, copy, load, maps);
        HookResult result = difference.isPresent()
                ? HookResult.deny(Errno.EACCES, difference.get())
                : hooks.bpfProg(load.program());
        return result.isAllow() ? result : request.recordDecision(result);
    }

    /** Gives the client the kernel's log, or the reason where the log is empty; returns the error with its reason. */
    private SyscallException explain(SyscallException e) throws SyscallException {
        SyscallException explained = MissingRights.explain(
                e, tools.rights().usable(client), load.program().type());
        if (context.listener().wantsVerifierLog()) {
            request.recordVerifierLog(log.text().orElseGet(this::loadForTheLog));
        }
        if (!permissive) {
            answers.requireWaiting(request.notification());
            log.copyBackOr(DenialText.ofKernel(explained));
        }
        return explained;
    }

    /** Repeats the refused load with a log of the gate's own; what it loads is closed. */
    private String loadForTheLog() {
        try (VerifierLog.Own own = VerifierLog.own(syscalls, copy)) {
            try {
                syscalls.close(callKernel());
            } catch (SyscallException e) {
                return own.text();
            }
            return "";
        } catch (SyscallException e) {
            return "";
        }
    }

    /** Answers the request: with the descriptor, with a denial, or by leaving it to the kernel. */
    void handOver() throws SyscallException {
        if (isLeftToTheKernel()) {
            answers.letThrough(request, MediationResult.leftToTheKernel());
        } else if (isInert) {
            answers.handOverInert(request, fd);
        } else if (fd == NONE || !(decision.isAllow() || permissive)) {
            deny();
        } else {
            log.copyBack();
            answers.handOver(request, fd, decision);
        }
    }

    private void deny() throws SyscallException {
        answers.requireWaiting(request.notification());
        String note = context.deniedProbes().noteFor(client, load);
        log.write(
                loadDecision == null || loadDecision.isAllow()
                        ? DenialText.of(decision)
                        : DenialText.of(load, loadDecision, note));
        String obstacle = DenialText.trialObstacle(load, decision).orElse("");
        answers.deny(
                request, decision, note.isEmpty() || obstacle.isEmpty() ? note + obstacle : note + "; " + obstacle);
    }

    /** Closes the descriptor, and all that was opened for the load; the modules then forget the program. */
    @Override
    public void close() {
        try {
            if (fd != NONE) {
                syscalls.close(fd);
            }
        } finally {
            open.close();
        }
    }
}
