package org.bpfgate.policy.ipe.internal.service;

/** No policy can be had from a file. The message is one line that begins with the file, ready for the user. */
final class PolicyFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isNotYet;

    PolicyFileException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private PolicyFileException(String message, Throwable cause, boolean isNotYet) {
        super(message, cause);
        this.isNotYet = isNotYet;
    }

    /** A policy may be good, and nobody here verifies its signature yet. */
    static PolicyFileException notYet(String message, Throwable cause) {
        return new PolicyFileException(message, cause, true);
    }

    /** Returns whether the file may be good, and what it needs is not here yet. */
    boolean isNotYet() {
        return isNotYet;
    }
}
