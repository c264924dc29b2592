package org.bpfgate.kernel.internal.syscall;

/**
 * The first argument of bpf(2): the number of a command, and flags. Every kernel so far takes an {@code int}, so that the high half
 * of the register does not count.
 *
 * @param bits all 64 bits, as the client gave them
 */
public record CommandWord(long bits) {
    /**
     * {@code BPF_COMMON_ATTRS} of {@code enum bpf_cmd}, Linux 7.2: the fourth and fifth argument are a {@code struct bpf_common_attr}
     * and its size.
     */
    public static final int COMMON_ATTRS = 1 << 16;

    /** Returns the number of the command, without the flag. */
    public int command() {
        return (int) bits & ~COMMON_ATTRS;
    }

    /** Returns whether there are common attributes. */
    public boolean hasCommonAttributes() {
        return (bits & COMMON_ATTRS) != 0;
    }

    /** Returns whether the high half, to which no kernel has given a meaning yet, is zero. */
    public boolean hasZeroHighHalf() {
        return bits >>> Integer.SIZE == 0;
    }
}
