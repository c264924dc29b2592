package org.bpfgate.program;

import java.util.Objects;

/**
 * One program, the kernel's {@code struct bpf_prog} as far as hooks look at it. It lives from the load to the free hook.
 */
public final class BpfProgram extends SecurityObject {
    private final String name;
    private final ProgramType type;
    private final Instructions instructions;

    /**
     * Makes a program that no hook has seen yet.
     *
     * @param name the name that the load gives it; empty when it gives none
     * @param type its type
     * @param instructions what it does
     */
    public BpfProgram(String name, ProgramType type, Instructions instructions) {
        this.name = Objects.requireNonNull(name);
        this.type = Objects.requireNonNull(type);
        this.instructions = Objects.requireNonNull(instructions);
    }

    /** Returns the name that the load gives the program; empty when it gives none. */
    public String name() {
        return name;
    }

    /** Returns the type of the program. */
    public ProgramType type() {
        return type;
    }

    /** Returns the private copy of the instructions. */
    public Instructions instructions() {
        return instructions;
    }

    @Override
    public String toString() {
        return type.label() + " program " + (name.isEmpty() ? "(unnamed)" : name);
    }
}
