package org.bpfgate.kernel.internal.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.StillWaiting;
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
 * What becomes known of one request while it is mediated. Filled by one thread at a time: by the one that receives the request, then by
 * the one that mediates it. The answer may come from another thread, which then may tell the record before the mediation is over.
 */
public final class MediatedRequest {
    private final Instant time = Instant.now();
    private final long start = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicReference<@Nullable Thread> answering = new AtomicReference<>();
    private final AccessWatch access = new AccessWatch();

    private final BpfCommand command;

    private volatile @Nullable ClientStatus status;
    private volatile @Nullable ClientProcess client;

    volatile @Nullable public ProgramLoad load;

    volatile @Nullable public LoadDecision decision;

    volatile @Nullable public LoadedProgram loaded;

    /** True when the load is only tried. */
    public volatile boolean tried;

    /** What a command that is no load is about, for people. */
    public volatile String object = "";

    /** True when the client brings a token. */
    public volatile boolean hasToken;

    /** What the verifier wrote about a load that the kernel refused. */
    public volatile String verifierLog = "";

    /** What the attributes ask for; empty while that is not known. */
    public volatile Optional<KernelRefusal.Asked> asked = Optional.empty();

    private volatile @Nullable HookResult said;

    private volatile @Nullable KernelRefusal refusal;

    public MediatedRequest(BpfCommand command) {
        this.command = command;
    }

    public BpfCommand command() {
        return command;
    }

    /**
     * Notes who asks.
     *
     * @param who as the kernel tells
     * @param waiting says on any thread whether the client still waits
     */
    public void askedBy(ClientStatus who, StillWaiting waiting) {
        status = who;
        client = new ClientProcess(
                who,
                () -> {
                    if (answer.isDone()) {
                        throw new SyscallException("seccomp", Errnos.ENOENT, 0);
                    }
                    waiting.require();
                },
                access,
                answer::isDone);
    }

    /** Returns who asks. */
    public ClientStatus status() {
        return Objects.requireNonNull(status, "the receiver notes who asks");
    }

    /**
     * Returns who asks, as modules are shown it.
     *
     * @param isRecorded true to read now what a record tells later, when the process may be gone
     */
    public ClientProcess client(boolean isRecorded) {
        ClientProcess process = Objects.requireNonNull(client, "the receiver notes who asks");
        if (isRecorded) {
            process.readAll();
        }
        return process;
    }

    /** Returns who asked; null when that is not known. */
    @Nullable
    public ClientProcess asked() {
        return client;
    }

    /** Returns since when the mediation waits for something of the client's. */
    public AccessWatch access() {
        return access;
    }

    /** Notes what the modules say of a command that is no load; the last counts. */
    public HookResult said(HookResult result) {
        said = result;
        return result;
    }

    /**
     * Notes that a call failed that was made for the client.
     *
     * @param e the error; one that is no answer to the client's call is left out
     * @param isGateNamespace whether the client is in the gate's user namespace
     */
    public void refused(SyscallException e, boolean isGateNamespace) {
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

    /** The kernel would give the client the same answer to its call: also where it does not find the client's path or memory. */
    private static boolean isKernelsAnswer(SyscallException e) {
        return e.command().startsWith("bpf") || e.command().equals(Syscalls.LOOKUP) || e.errno() == Errnos.EFAULT;
    }

    /** What the client got, and how long that took. */
    private record Answer(MediationResult result, Duration duration) {}

    /** Returns whether the calling thread may answer: the first that asks may, and nobody else any more. */
    boolean mayAnswer() {
        Thread self = Thread.currentThread();
        return answering.compareAndSet(null, self) || answering.get() == self;
    }

    /** Notes the answer; the first counts, as for the client. */
    void answered(MediationResult result) {
        answer.complete(new Answer(tried ? result.ofTrial() : result, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Returns whether the answer was given this long ago or longer. */
    public boolean isAnsweredSince(Duration longest) {
        return answer.isDone() && answer.join().duration().plus(longest).toNanos() <= System.nanoTime() - start;
    }

    /** Tells all, after the answer; for an answer that another thread is giving at this moment it waits. */
    public MediationRecord toRecord() {
        if (answering.get() == null) {
            throw new IllegalStateException("the client has no answer");
        }
        Answer given = answer.join();
        return new MediationRecord(
                time,
                command,
                Optional.ofNullable(client),
                Optional.ofNullable(load),
                Optional.ofNullable(decision),
                Optional.ofNullable(loaded),
                object,
                Optional.ofNullable(said),
                Optional.ofNullable(refusal),
                given.result(),
                given.duration());
    }
}
