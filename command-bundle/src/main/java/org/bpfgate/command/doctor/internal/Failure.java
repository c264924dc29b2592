package org.bpfgate.command.doctor.internal;

import java.util.Optional;
import org.bpfgate.mediation.KernelRefusal;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/**
 * One call of bpf(2) that failed, as far as it is known.
 *
 * @param command what was asked for
 * @param errno the kernel's spelling of the error
 * @param type of the program; UNSPEC for other commands, and when the call was refused before it was read
 * @param program its name; may be empty
 * @param instructions how many it has; 0 when that is not known
 * @param probe the feature probe that the load is known to be
 * @param isSigned whether the load carries a signature
 * @param refusal what the kernel's answer depended on
 */
record Failure(
        BpfCommand command,
        String errno,
        ProgramType type,
        String program,
        int instructions,
        Optional<String> probe,
        boolean isSigned,
        KernelRefusal refusal) {
    /** Reads a record of a call that the kernel refused. */
    static Optional<Failure> of(MediationRecord record) {
        Optional<ProgramLoad> load = record.load();
        return record.refusal()
                .map(refusal -> new Failure(
                        record.command(),
                        refusal.errno(),
                        load.map(known -> known.program().type()).orElse(ProgramType.UNSPEC),
                        load.map(known -> known.program().name()).orElse(""),
                        load.map(known -> known.program().instructions().count())
                                .orElse(0),
                        load.flatMap(ProgramLoad::probe),
                        load.flatMap(ProgramLoad::signature).isPresent(),
                        refusal));
    }

    boolean isLoad() {
        return command == BpfCommand.PROG_LOAD;
    }

    Rights rights() {
        return new Rights(refusal.capabilities());
    }
}
