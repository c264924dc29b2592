package org.bpfgate.policy.ipe.eval.internal;

import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** The program of a BPF load, as policies see it. */
public interface LoadedProgram {
    /** Returns its type. */
    ProgramType type();

    /** Returns the attach type that the load names, 0 meaning the first one also when it names none; null for an unknown one. */
    @Nullable
    AttachType attachType();

    /** Returns its name as a kernel keeps it: at most {@value BpfName#MAX_LENGTH} bytes; empty when it has none. */
    String name();

    /** Returns its digest; null when that cannot be known before the load. */
    @Nullable
    ProgramDigest digest();

    /** Returns how many instructions it has, counted as {@code attr.insn_cnt}. */
    int instructionCount();

    /** Returns the licence that the load names; null when it is not known. */
    @Nullable
    String license();

    /** Returns whether it uses a map of a type, or may use one as far as can be told. */
    boolean mayUse(MapType type);

    /** Returns what it calls. */
    ProgramCalls calls();
}
