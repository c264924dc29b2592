package org.bpfgate.mediation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;

/**
 * One bpf(2) command that was mediated.
 *
 * @param time when the gate received it
 * @param command which it was
 * @param client who asked; empty when it was gone before it could be looked at
 * @param load what was to be loaded; empty when the request could not be read
 * @param decision what the modules decided on the load; empty when they were not asked, and for other commands
 * @param loaded the kernel's id and tag of the program; empty when none was loaded or none was to be, and when the kernel loaded it
 *     for the client without the gate
 * @param object what a command that is no load is about, for people, such as {@code map counts}; empty when it is not known
 * @param said what the modules said last of a command that is no load, empty when they were not asked; for a load a denial beside the
 *     decision on it: of the command, of the descriptor, or because the kernel does not describe the program as it was decided on
 * @param refusal what the kernel refused, when it was asked for the client and did
 * @param result what the client got
 * @param duration from receiving the command to answering it
 */
public record MediationRecord(
        Instant time,
        BpfCommand command,
        Optional<LoadClient> client,
        Optional<ProgramLoad> load,
        Optional<LoadDecision> decision,
        Optional<LoadedProgram> loaded,
        String object,
        Optional<HookResult> said,
        Optional<KernelRefusal> refusal,
        MediationResult result,
        Duration duration) {
    /** Refuses nulls. */
    public MediationRecord {
        Objects.requireNonNull(time);
        Objects.requireNonNull(command);
        Objects.requireNonNull(client);
        Objects.requireNonNull(load);
        Objects.requireNonNull(decision);
        Objects.requireNonNull(loaded);
        Objects.requireNonNull(object);
        Objects.requireNonNull(said);
        Objects.requireNonNull(refusal);
        Objects.requireNonNull(result);
        Objects.requireNonNull(duration);
    }

    /**
     * Returns whether the gate or its modules refused, whatever became of the request in the end. A load that was only tried was not
     * refused.
     */
    public boolean isDenied() {
        boolean isLoadDenied = decision.isPresent() && !decision.get().isAllow() && !result.tried();
        return isLoadDenied || (said.isPresent() && !said.get().isAllow());
    }
}
