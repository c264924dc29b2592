package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.policy.ipe.internal.bpf.KernelFunctions;
import org.bpfgate.policy.ipe.internal.bpf.MapType;
import org.bpfgate.policy.ipe.internal.bpf.ProgramCalls;
import org.bpfgate.policy.ipe.internal.bpf.UsedMapTypes;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** The program of a real load. For one thread at a time. */
final class ProgramOfLoad implements LoadedProgram {
    private final BpfProgram program;
    private final int attachType;
    private final LoadAttributes attributes;
    private @Nullable ProgramCalls calls;
    private @Nullable UsedMapTypes maps;

    ProgramOfLoad(ProgramLoad load) {
        program = load.program();
        attachType = load.attachType();
        attributes = load.attributes();
    }

    @Override
    public ProgramType type() {
        return program.type();
    }

    @Override
    public @Nullable AttachType attachType() {
        return AttachType.byNumber(attachType);
    }

    /** Loaders cut longer names, which stand in files, before they ask for the load. */
    @Override
    public String name() {
        String name = program.name();
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH);
    }

    @Override
    public @Nullable ProgramDigest digest() {
        return program.instructions().digest().orElse(null);
    }

    @Override
    public int instructionCount() {
        return program.instructions().count();
    }

    /** A load names a licence: where none is known, the program comes from a file that does not tell it. */
    @Override
    public @Nullable String license() {
        return attributes.license().isEmpty() ? null : attributes.license();
    }

    @Override
    public boolean mayUse(MapType type) {
        UsedMapTypes found = maps;
        if (found == null) {
            found = UsedMapTypes.of(program);
            maps = found;
        }
        return found.mayUse(type);
    }

    @Override
    public ProgramCalls calls() {
        ProgramCalls found = calls;
        if (found == null) {
            found = ProgramCalls.of(program.instructions(), KernelFunctions.RUNNING);
            calls = found;
        }
        return found;
    }
}
