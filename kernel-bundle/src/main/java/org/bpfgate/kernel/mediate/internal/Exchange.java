package org.bpfgate.kernel.mediate.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.mediation.LoadedProgram;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** What becomes known of one request while it is mediated. Filled by one thread; only the answer may come from another. */
final class Exchange {
    private final Instant time = Instant.now();
    private final long start = System.nanoTime();
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();

    private final BpfCommand command;

    @Nullable
    LoadClient client;

    @Nullable
    ProgramLoad load;

    @Nullable
    LoadDecision decision;

    @Nullable
    LoadedProgram loaded;

    /** What a command that is no load is about, for people. */
    String object = "";

    private @Nullable HookResult said;

    Exchange(BpfCommand command) {
        this.command = command;
    }

    BpfCommand command() {
        return command;
    }

    /**
     * Notes who asks; what a record tells later is read now, when the process is still there.
     *
     * @param waiting says on any thread whether the client still waits
     */
    ClientProcess askedBy(ClientStatus status, StillWaiting waiting, boolean isRecorded) {
        ClientProcess process = new ClientProcess(status, waiting);
        client = process;
        if (isRecorded) {
            process.readAll();
        }
        return process;
    }

    /** Notes what the modules say of a command that is no load; the last counts. */
    HookResult said(HookResult result) {
        said = result;
        return result;
    }

    /** What the client got, and how long that took. */
    private record Answer(MediationResult result, Duration duration) {}

    /** Notes the answer; the first counts, as for the client. */
    void answered(MediationResult result) {
        answer.compareAndSet(null, new Answer(result, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Tells all, after the answer. */
    MediationRecord toRecord() {
        Answer given = answer.get();
        if (given == null) {
            throw new IllegalStateException("the client has no answer");
        }
        return new MediationRecord(
                time,
                command,
                Optional.ofNullable(client),
                Optional.ofNullable(load),
                Optional.ofNullable(decision),
                Optional.ofNullable(loaded),
                object,
                Optional.ofNullable(said),
                given.result(),
                given.duration());
    }
}
