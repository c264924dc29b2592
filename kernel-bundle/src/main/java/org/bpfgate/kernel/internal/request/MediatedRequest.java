package org.bpfgate.kernel.internal.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.ProcessKey;
import org.bpfgate.kernel.internal.client.StillWaiting;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.KernelRefusal;
import org.bpfgate.mediation.LoadedProgram;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client, and what becomes known of it while it is mediated. One thread at a time fills it in: the worker that receives the
 * request, which also mediates it. Another thread may answer the request, and may take the record before the mediation is over.
 */
public final class MediatedRequest {
    private final Instant time = Instant.now();
    private final long start = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicReference<@Nullable Thread> answering = new AtomicReference<>();
    private final AtomicBoolean isRecorded = new AtomicBoolean();
    private final AccessWatch access = new AccessWatch();

    private final Runnable whenAnswered;
    private final Notification notification;
    private final BpfCommand command;

    private volatile @Nullable ClientStatus status;
    private volatile @Nullable ClientProcess client;
    private volatile @Nullable ProcessKey process;
    private volatile @Nullable ProgramLoad load;
    private volatile @Nullable LoadDecision loadDecision;
    private volatile @Nullable LoadedProgram loaded;
    private volatile boolean isTrial;
    private volatile String object = "";
    private volatile boolean hasToken;
    private volatile String verifierLog = "";
    private volatile Optional<KernelRefusal.Asked> asked = Optional.empty();
    private volatile @Nullable HookResult decision;
    private volatile @Nullable KernelRefusal refusal;

    /**
     * Begins the mediation of a request.
     *
     * @param notification the request as the kernel reports it
     */
    public MediatedRequest(Notification notification, BpfCommand command) {
        this(notification, command, () -> {});
    }

    /**
     * Begins the mediation of a request.
     *
     * @param notification the request as the kernel reports it
     * @param whenAnswered called once, on the thread that answers
     */
    public MediatedRequest(Notification notification, BpfCommand command, Runnable whenAnswered) {
        this.whenAnswered = whenAnswered;
        this.notification = notification;
        this.command = command;
    }

    /** Returns the request as the kernel reports it. */
    public Notification notification() {
        return notification;
    }

    public BpfCommand command() {
        return command;
    }

    /**
     * Records the client.
     *
     * @param identified as the kernel reports it
     * @param key identifies its process
     * @param syscalls gives system calls for the calling thread
     * @param waiting says on any thread whether the client still waits
     */
    public void recordClient(
            ClientStatus identified, ProcessKey key, Supplier<Syscalls> syscalls, StillWaiting waiting) {
        status = identified;
        process = key;
        client = new ClientProcess(
                identified,
                syscalls,
                () -> {
                    if (answer.isDone()) {
                        throw new SyscallException("seccomp", Errnos.ENOENT, 0);
                    }
                    waiting.require();
                },
                access,
                answer::isDone);
    }

    /** Returns the client as the kernel reports it. */
    public ClientStatus status() {
        return Objects.requireNonNull(status, "the worker records the client");
    }

    /** Returns the process that the request counts for. */
    public ProcessKey process() {
        return Objects.requireNonNull(process, "the worker records the client");
    }

    /** Returns the client as the modules see it. */
    public ClientProcess client() {
        return Objects.requireNonNull(client, "the worker records the client");
    }

    /** Returns how long the mediation has waited for something that the client controls. */
    public AccessWatch access() {
        return access;
    }

    /** Records what the attributes ask for. */
    public void recordAsked(KernelRefusal.Asked what) {
        asked = Optional.of(what);
    }

    /** Records whether the attributes name a token. */
    public void recordToken(boolean isNamed) {
        hasToken = isNamed;
    }

    /** Records the load that the modules decide on. */
    public void recordLoad(ProgramLoad described) {
        load = described;
    }

    /** Records the decision on the load. */
    public void recordDecision(LoadDecision decided) {
        loadDecision = decided;
    }

    /** Records whether the load is a trial: the kernel checks the program, and the client gets an inert one. */
    public void recordTrial(boolean isTried) {
        isTrial = isTried;
    }

    /** Records the program that the kernel loaded. */
    public void recordLoaded(LoadedProgram program) {
        loaded = program;
    }

    /** Records what the verifier wrote about a load that the kernel refused. */
    public void recordVerifierLog(String text) {
        verifierLog = text;
    }

    /** Records the object of a command that is no load, in words for people. */
    public void recordObject(String text) {
        object = text;
    }

    /**
     * Records a decision that is not one on a load; the last counts.
     *
     * @return the same
     */
    public HookResult recordDecision(HookResult result) {
        decision = result;
        return result;
    }

    /**
     * Records that a system call failed that was made for the client.
     *
     * @param e the error; left out when the kernel would not give it to the client
     * @param isGateNamespace whether the client is in the gate's user namespace
     */
    public void recordFailure(SyscallException e, boolean isGateNamespace) {
        if (isKernelsAnswer(e)) {
            refusal = new KernelRefusal(
                    Errnos.name(e.errno()),
                    e.command().equals(AttrCopy.CALL) ? e.size() : 0,
                    status().capabilities(),
                    isGateNamespace,
                    hasToken,
                    verifierLog,
                    asked);
        }
    }

    /** The kernel would give the client the same error, also where it does not find the client's path or memory. */
    private static boolean isKernelsAnswer(SyscallException e) {
        return e.command().startsWith("bpf") || e.command().equals(Syscalls.LOOKUP) || e.errno() == Errnos.EFAULT;
    }

    /** What the client got, and how long that took. */
    private record Answer(MediationResult result, Duration duration) {}

    /** Returns whether the calling thread may answer: only the first that asks may. */
    boolean mayAnswer() {
        Thread self = Thread.currentThread();
        return answering.compareAndSet(null, self) || answering.get() == self;
    }

    /** Records the answer; the first counts, as for the client. */
    void recordAnswer(MediationResult result) {
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        if (answer.complete(new Answer(isTrial ? result.ofTrial() : result, duration))) {
            whenAnswered.run();
        }
    }

    /** Returns whether the answer was given this long ago or longer. */
    public boolean isAnsweredSince(Duration longest) {
        return answer.isDone() && answer.join().duration().plus(longest).toNanos() <= System.nanoTime() - start;
    }

    /** Writes the record of the answered request, once; waits for an answer that another thread is giving at this moment. */
    public void writeRecord(MediationContext context) {
        if (isRecorded.compareAndSet(false, true)) {
            context.record(toRecord(), notification, client);
        }
    }

    private MediationRecord toRecord() {
        if (answering.get() == null) {
            throw new IllegalStateException("the client has no answer");
        }
        Answer given = answer.join();
        return new MediationRecord(
                time,
                command,
                Optional.ofNullable(client),
                Optional.ofNullable(load),
                Optional.ofNullable(loadDecision),
                Optional.ofNullable(loaded),
                object,
                Optional.ofNullable(decision),
                Optional.ofNullable(refusal),
                given.result(),
                given.duration());
    }
}
