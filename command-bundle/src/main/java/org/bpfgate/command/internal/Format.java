package org.bpfgate.command.internal;

/** How a command prints its result. */
enum Format {
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
