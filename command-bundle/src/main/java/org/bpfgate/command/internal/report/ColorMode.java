package org.bpfgate.command.internal.report;

import java.util.Locale;

/** When text is coloured. */
enum ColorMode {
    /** On a terminal, unless the environment variable NO_COLOR is set (no-color.org). */
    AUTO,
    ALWAYS,
    NEVER;

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
