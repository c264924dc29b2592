package org.bpfgate.allowlist;

/**
 * A list cannot be read or written; no file has changed. The message is the one line for the user, {@code FILE: what is wrong} or
 * {@code FILE:LINE:COL: what is wrong}.
 */
public final class ListException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names a fault.
     *
     * @param message the line for the user
     */
    public ListException(String message) {
        super(message);
    }
}
