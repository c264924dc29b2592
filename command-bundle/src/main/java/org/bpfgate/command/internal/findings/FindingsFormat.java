package org.bpfgate.command.internal.findings;

import java.util.Locale;

/** How {@code policy lint} prints what it finds. */
public enum FindingsFormat {
    /** For people and editors: a line per finding, with its place first. */
    TEXT,
    /** One JSON object. */
    JSON,
    /** SARIF 2.1.0, which code scanners and their web pages read. */
    SARIF;

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
