package org.bpfgate.policy.ipe.parser.internal;

import java.util.Objects;
import org.bpfgate.hook.Errno;

/** A text is not a policy: what the kernel returns for it, where the first error is, and what was expected there. */
public final class PolicySyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;
    private final int line;
    private final int column;

    /**
     * Makes an error.
     *
     * @param errno {@code EBADMSG}, {@code EINVAL} or {@code ERANGE}, as the kernel returns it
     * @param line counted from 1; LF, CR and CRLF each end one line
     * @param column in bytes, counted from 1; one past the last byte when something is missing at the end of the line
     * @param message one line for people, without the place
     */
    public PolicySyntaxException(Errno errno, int line, int column, String message) {
        super(message);
        this.errno = Objects.requireNonNull(errno);
        this.line = line;
        this.column = column;
    }

    /** The same error with something that explains it. */
    PolicySyntaxException withNote(String note) {
        PolicySyntaxException noted = new PolicySyntaxException(errno, line, column, getMessage() + " (" + note + ")");
        noted.initCause(this);
        return noted;
    }

    /** Returns what the kernel returns for this text. */
    public Errno errno() {
        return errno;
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns the column in bytes, counted from 1. */
    public int column() {
        return column;
    }
}
