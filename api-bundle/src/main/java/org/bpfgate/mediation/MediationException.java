package org.bpfgate.mediation;

import java.util.Objects;

/** A command was not started. The message is one line for people. */
public final class MediationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kept it from starting. */
    public enum Kind {
        /** This machine or this process lacks what mediation needs. */
        CANNOT_MEDIATE,
        /** The command is there and cannot be executed. */
        NOT_EXECUTABLE,
        /** There is no such command. */
        NOT_FOUND
    }

    private final Kind kind;

    /** Tells what and why. */
    public MediationException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind);
    }

    /** Returns what kept the command from starting. */
    public Kind kind() {
        return kind;
    }
}
