package org.bpfgate.command.internal.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpfgate.command.internal.host.Rights;
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
 * @param instructions how many it has; 0 when that is not known, or it has none
 * @param probe the feature probe that the load is known to be
 * @param isSigned whether the load carries a signature
 * @param refusal what the kernel's answer depended on
 */
public record Failure(
        BpfCommand command,
        String errno,
        ProgramType type,
        String program,
        int instructions,
        Optional<String> probe,
        boolean isSigned,
        KernelRefusal refusal) {
    /** Reads a record of a call that the kernel refused. */
    public static Optional<Failure> of(MediationRecord record) {
        Optional<ProgramLoad> load = record.load();
        return record.refusal()
                .map(refusal -> new Failure(
                        record.command(),
                        refusal.errno(),
                        load.map(known -> known.program().type())
                                .or(() -> refusal.asked()
                                        .filter(asked -> record.command() == BpfCommand.PROG_LOAD)
                                        .map(asked -> type(asked.type())))
                                .orElse(ProgramType.UNSPEC),
                        load.map(known -> known.program().name()).orElse(""),
                        load.map(known -> known.program().instructions().count())
                                .orElse(0),
                        load.flatMap(ProgramLoad::probe),
                        load.flatMap(ProgramLoad::signature).isPresent(),
                        refusal));
    }

    private static ProgramType type(int number) {
        return Arrays.stream(ProgramType.values())
                .filter(type -> type.number() == number)
                .findFirst()
                .orElse(ProgramType.UNSPEC);
    }

    /** Whether the client loads a program of the type 0, or of a type that this version does not know. */
    boolean hasUnknownType() {
        return isLoad() && type == ProgramType.UNSPEC && refusal.asked().isPresent();
    }

    /** Returns {@code insn_cnt}; empty for what is no load, and when it is not known. */
    OptionalLong instructionCount() {
        return isLoad() && refusal.asked().isPresent()
                ? OptionalLong.of(refusal.asked().get().instructions())
                : OptionalLong.empty();
    }

    public boolean isLoad() {
        return command == BpfCommand.PROG_LOAD;
    }

    Rights rights() {
        return new Rights(refusal.capabilities());
    }
}
