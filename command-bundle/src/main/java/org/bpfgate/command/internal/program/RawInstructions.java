package org.bpfgate.command.internal.program;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;

/**
 * Reads a file that is nothing but instructions ({@code .insns}, {@code .bin}): one program without a name, whose type
 * the file does not tell.
 */
public final class RawInstructions {
    /** {@code BPF_COMPLEXITY_LIMIT_INSNS} of {@code include/linux/bpf.h}: a load of more instructions gets E2BIG. */
    public static final int MAX_INSTRUCTIONS = 1_000_000;

    /** The same in bytes. */
    public static final int MAX_SIZE = MAX_INSTRUCTIONS * Instructions.SLOT_SIZE;

    private RawInstructions() {}

    /**
     * Reads the program.
     *
     * @throws InputException when the file cannot be read, is empty, is larger than the kernel takes, has a signature
     *     appended, or is not a whole number of instructions
     */
    public static FoundProgram read(Path file) throws InputException {
        byte[] bytes = BoundedFile.read(file, MAX_SIZE);
        if (bytes.length == 0) {
            throw new InputException(file, "is empty: a program has at least one instruction");
        }
        Optional<AppendedSignature> appended = AppendedSignature.in(bytes);
        if (appended.isPresent()) {
            throw new InputException(file, appended.get().explanation());
        }
        if (bytes.length % Instructions.SLOT_SIZE != 0) {
            throw new InputException(
                    file, "has " + bytes.length + " bytes, not a multiple of 8: not whole instructions");
        }
        BpfProgram program = new BpfProgram("", ProgramType.UNSPEC, Instructions.of(bytes));
        return new FoundProgram(
                file, Optional.empty(), program, Optional.empty(), ProgramSection.UNKNOWN, Optional.empty(), List.of());
    }
}
