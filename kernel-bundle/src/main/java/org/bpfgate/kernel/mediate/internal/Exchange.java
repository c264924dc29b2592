package org.bpfgate.kernel.mediate.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.hook.LoadDecision;
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

    @Nullable
    LoadClient client;

    @Nullable
    ProgramLoad load;

    @Nullable
    LoadDecision decision;

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
                BpfCommand.PROG_LOAD,
                Optional.ofNullable(client),
                Optional.ofNullable(load),
                Optional.ofNullable(decision),
                given.result(),
                given.duration());
    }
}
