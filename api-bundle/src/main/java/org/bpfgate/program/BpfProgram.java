package org.bpfgate.program;

import java.util.List;
import java.util.Objects;

/**
 * One program, the kernel's {@code struct bpf_prog} as far as hooks look at it. It lives from the load to the free hook.
 */
public final class BpfProgram extends SecurityObject {
    private final String name;
    private final ProgramType type;
    private final Instructions instructions;
    private final List<UsedMap> usedMaps;

    /** Makes a program that no hook has seen yet and that uses no maps. */
    public BpfProgram(String name, ProgramType type, Instructions instructions) {
        this(name, type, instructions, List.of());
    }

    /**
     * Makes a program that no hook has seen yet.
     *
     * @param name the name that the load gives it; empty when it gives none
     * @param type its type
     * @param instructions what it does
     * @param usedMaps the maps that it refers to, in the kernel's order: those of {@code fd_array} first
     */
    public BpfProgram(String name, ProgramType type, Instructions instructions, List<UsedMap> usedMaps) {
        this.name = Objects.requireNonNull(name);
        this.type = Objects.requireNonNull(type);
        this.instructions = Objects.requireNonNull(instructions);
        this.usedMaps = List.copyOf(usedMaps);
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

    /** Returns the maps that the program refers to, {@code prog->aux->used_maps}. */
    public List<UsedMap> usedMaps() {
        return usedMaps;
    }

    @Override
    public String toString() {
        return type.label() + " program " + (name.isEmpty() ? "(unnamed)" : name);
    }
}
