package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.policy.ipe.internal.bpf.MapType;
import org.bpfgate.policy.ipe.internal.bpf.ProgramCalls;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/** The program of a BPF load, as policies see it. */
public interface LoadedProgram {
    /** The longest name that a kernel keeps, in bytes: {@code BPF_OBJ_NAME_LEN} of {@code include/uapi/linux/bpf.h} less one. */
    int MAX_NAME_LENGTH = 15;

    /** Returns its type. */
    ProgramType type();

    /** Returns the attach type that the load names, 0 meaning the first one also when it names none; null for an unknown one. */
    @Nullable
    AttachType attachType();

    /** Returns its name as a kernel keeps it: at most {@value #MAX_NAME_LENGTH} bytes; empty when it has none. */
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
