package org.bpfgate.command.internal.gate;

import java.util.Locale;

/** The modes of the verifier hornet, as the command line spells them. */
public enum Mode {
    COMPAT_N,
    COMPAT_V7,
    STRICT;

    /** Returns the name in options and configuration, such as {@code compat-n}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
