package org.bpfgate.policy;

import java.util.Objects;
import org.bpfgate.hook.Errno;

/**
 * A request about policies is refused; nothing has changed. The message is one line for people that names neither the error
 * number nor, for a fault in a text, the place: whoever knows the file puts them together.
 */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;
    private final int line;
    private final int column;

    /**
     * A refusal that has no place in a text.
     *
     * @param errno what the kernel returns for it
     * @param message one line for people
     */
    public PolicyException(Errno errno, String message) {
        this(errno, 0, 0, message);
    }

    /**
     * A text that is not a policy.
     *
     * @param errno what the kernel returns for it
     * @param line where, counted from 1; 0 for none
     * @param column where in the line, in bytes counted from 1; 0 for none
     * @param message one line for people
     */
    public PolicyException(Errno errno, int line, int column, String message) {
        super(Objects.requireNonNull(message));
        this.errno = Objects.requireNonNull(errno);
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("not a place in a text: " + line + ":" + column);
        }
        this.line = line;
        this.column = column;
    }

    /** Returns what the kernel returns for such a request. */
    public Errno errno() {
        return errno;
    }

    /** Returns the line of the fault in the policy's text, counted from 1; 0 when the text is not at fault. */
    public int line() {
        return line;
    }

    /** Returns the column of the fault, in bytes counted from 1; 0 when the text is not at fault. */
    public int column() {
        return column;
    }
}
