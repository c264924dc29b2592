package org.bpfgate.benchmarks;

/** A measurement is left out; the message says why, in one line for the user. */
public final class SkippedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Leaves a measurement out.
     *
     * @param reason what this machine lacks
     */
    public SkippedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Returns what this machine lacks. */
    public String reason() {
        return reason;
    }
}
