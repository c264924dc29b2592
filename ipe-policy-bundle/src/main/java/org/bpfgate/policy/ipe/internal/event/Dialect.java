package org.bpfgate.policy.ipe.internal.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A vocabulary of the policy language. */
public enum Dialect {
    /** Mainline Linux since 6.12: seven operations, five properties. */
    OPS7,

    /** The kernel series for BPF: adds {@code op=BPF_PROG_LOAD} and the properties {@code bpf_*} of the kernel. */
    OPS8,

    /** This gate's own: adds properties of programs, signers and requesters. A kernel does not load such a policy. */
    BPFGATE,

    /**
     * The series "Signed BPF + IPE policies" of May 2026, which was not merged: nine operations. Its {@code bpf_signature=} and
     * {@code bpf_keyring=} read what the kernel's own check of signatures found, and so have other values than those of
     * {@link #OPS8}.
     */
    OPS9;

    /**
     * Returns whether this dialect has the operations and properties that came with another one. The values of a property may
     * differ all the same.
     */
    public boolean includes(Dialect other) {
        return this == other || other == OPS7 || (other == OPS8 && this != OPS7);
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
