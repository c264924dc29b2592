package org.bpfgate.program;

import java.util.EnumSet;
import java.util.Set;

/**
 * The bits of {@code attr.prog_flags} that this version knows, {@code BPF_F_*} of {@code include/uapi/linux/bpf.h} as of July 2026.
 * What each one means for a decision is in {@code docs/load-attributes.md}.
 */
public enum LoadFlag {
    /** {@code BPF_F_STRICT_ALIGNMENT}: the verifier refuses more. */
    STRICT_ALIGNMENT(0),

    /** {@code BPF_F_ANY_ALIGNMENT}: the verifier accepts unaligned accesses. */
    ANY_ALIGNMENT(1),

    /** {@code BPF_F_TEST_RND_HI32}: the verifier inserts instructions, for tests of the kernel. */
    TEST_RND_HI32(2),

    /** {@code BPF_F_TEST_STATE_FREQ}: the verifier keeps more states, for tests of the kernel. */
    TEST_STATE_FREQ(3),

    /** {@code BPF_F_SLEEPABLE}: the program may sleep. */
    SLEEPABLE(4),

    /** {@code BPF_F_XDP_HAS_FRAGS}: the program takes packets of several buffers. */
    XDP_HAS_FRAGS(5),

    /** {@code BPF_F_XDP_DEV_BOUND_ONLY}: the program is bound to the device {@code attr.prog_ifindex}. */
    XDP_DEV_BOUND_ONLY(6),

    /** {@code BPF_F_TEST_REG_INVARIANTS}: the verifier fails at broken invariants, for tests of the kernel. */
    TEST_REG_INVARIANTS(7),

    /** {@code BPF_F_TOKEN_FD}: {@code attr.prog_token_fd} counts. */
    TOKEN_FD(16);

    private final int mask;

    LoadFlag(int bit) {
        mask = 1 << bit;
    }

    /** Returns the flag as a number with one bit set. */
    public int mask() {
        return mask;
    }

    /**
     * Returns the flags that are set in a field.
     *
     * @param flags {@code attr.prog_flags}
     */
    public static Set<LoadFlag> in(int flags) {
        EnumSet<LoadFlag> set = EnumSet.noneOf(LoadFlag.class);
        for (LoadFlag flag : values()) {
            if ((flags & flag.mask) != 0) {
                set.add(flag);
            }
        }
        return set;
    }

    /**
     * Returns the bits that no flag of this version stands for.
     *
     * @param flags {@code attr.prog_flags}
     */
    public static int unknownBits(int flags) {
        int unknown = flags;
        for (LoadFlag flag : values()) {
            unknown &= ~flag.mask;
        }
        return unknown;
    }
}
