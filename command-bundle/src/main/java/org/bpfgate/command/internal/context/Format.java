package org.bpfgate.command.internal.context;

/** How a command prints its result. */
public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object, for programs. */
    JSON;

    /** The word of the command line. */
    @Override
    public String toString() {
        return this == TEXT ? "text" : "json";
    }
}
