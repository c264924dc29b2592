package org.bpfgate.policy;

import java.util.Locale;

/** A vocabulary in which a policy can be read. */
public enum PolicyDialect {
    /** Mainline Linux since 6.12. */
    OPS7,

    /** The kernel series for BPF: adds {@code op=BPF_PROG_LOAD} and its properties. */
    OPS8,

    /** This gate's own: adds properties of programs, signers and requesters. */
    BPFGATE,

    /** The other series for BPF, of May 2026, which was not merged; its values differ from those of {@link #OPS8}. */
    OPS9;

    /** The name that options and policies use, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
