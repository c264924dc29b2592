package org.bpfgate.policy.ipe.eval.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A vocabulary of the policy language. The declaration order is that of growth: each dialect knows all words of the ones
 * before it.
 */
public enum Dialect {
    /** Mainline Linux since 6.12: seven operations, five properties. */
    OPS7,

    /** The kernel series for BPF: adds {@code op=BPF_PROG_LOAD} and the properties {@code bpf_*} of the kernel. */
    OPS8,

    /** This gate's own: adds properties of programs, signers and requesters. A kernel does not load such a policy. */
    BPFGATE;

    /** Returns whether this dialect has the words that came with another one. */
    public boolean includes(Dialect other) {
        return compareTo(other) >= 0;
    }

    /** Returns the name that options, configurations and policies use, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the dialect of that label, in lower case; null when there is none. */
    public static @Nullable Dialect byLabel(String label) {
        for (Dialect dialect : values()) {
            if (dialect.label().equals(label)) {
                return dialect;
            }
        }
        return null;
    }
}
