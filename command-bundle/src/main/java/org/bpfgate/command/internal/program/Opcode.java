package org.bpfgate.command.internal.program;

/** The few instructions that a loader changes, by their encoding in {@code include/uapi/linux/bpf.h}. */
public final class Opcode {
    /** {@code BPF_JMP | BPF_CALL}. */
    public static final int CALL = 0x85;

    /** {@code BPF_LD | BPF_IMM | BPF_DW}: a 64-bit immediate load, which takes two slots. */
    public static final int LOAD_IMMEDIATE = 0x18;

    /** {@code BPF_PSEUDO_CALL}: the source register of a call of a sub-program. */
    public static final int PSEUDO_CALL = 1;

    /** {@code BPF_PSEUDO_MAP_FD}: the source register of a load of a map's address. */
    public static final int PSEUDO_MAP_FD = 1;

    /** {@code BPF_PSEUDO_MAP_VALUE}: the source register of a load of an address inside a map's value. */
    public static final int PSEUDO_MAP_VALUE = 2;

    /** {@code BPF_PSEUDO_FUNC}: the source register of a load of a sub-program's address. */
    public static final int PSEUDO_FUNC = 4;

    private Opcode() {}
}
