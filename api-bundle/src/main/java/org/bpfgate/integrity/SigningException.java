package org.bpfgate.integrity;

/**
 * A program cannot be signed with what was given. The message is one line that names the file at fault, ready for the
 * user.
 */
public class SigningException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault that needs no cause. */
    public SigningException(String message) {
        super(message);
    }

    /** A fault that another exception explains further. */
    public SigningException(String message, Throwable cause) {
        super(message, cause);
    }
}
