package org.bpfgate.policy.ipe.internal;

/** No policy can be had from a file. The message is one line that begins with the file, ready for the user. */
final class PolicyFileException extends Exception {
    private static final long serialVersionUID = 1L;

    PolicyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
