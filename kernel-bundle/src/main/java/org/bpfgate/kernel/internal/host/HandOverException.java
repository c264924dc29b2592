package org.bpfgate.kernel.internal.host;

/** A listener is not taken. The message is one line for the process that hands it over. */
final class HandOverException extends Exception {
    private static final long serialVersionUID = 1L;

    HandOverException(String message) {
        super(message);
    }
}
