package org.bpfgate.itests;

import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** Loads of small programs, each with a program that was not decided on before. */
public final class Loads {
    /** {@code exit}. */
    private static final byte EXIT = (byte) 0x95;

    private Loads() {}

    /** Two instructions: what {@code EvenVerifier} finds OK. */
    public static ProgramLoad even() {
        return of(2);
    }

    /** Three instructions: what {@code EvenVerifier} finds UNEXPECTED. */
    public static ProgramLoad odd() {
        return of(3);
    }

    /** A program of that many instructions, each an {@code exit}. */
    public static ProgramLoad of(int instructions) {
        byte[] code = new byte[instructions * Instructions.SLOT_SIZE];
        for (int i = 0; i < code.length; i += Instructions.SLOT_SIZE) {
            code[i] = EXIT;
        }
        return ProgramLoad.of(new BpfProgram("p" + instructions, ProgramType.SOCKET_FILTER, Instructions.of(code)));
    }
}
