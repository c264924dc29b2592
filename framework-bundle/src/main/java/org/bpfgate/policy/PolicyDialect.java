package org.bpfgate.policy;

import java.util.Locale;

/** A vocabulary in which a policy can be read. Each one knows all words of the ones before it. */
public enum PolicyDialect {
    /** Mainline Linux since 6.12. */
    OPS7,

    /** The kernel series for BPF: adds {@code op=BPF_PROG_LOAD} and its properties. */
    OPS8,

    /** This gate's own: adds properties of programs, signers and requesters. */
    BPFGATE;

    /** The name that options and policies use, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
