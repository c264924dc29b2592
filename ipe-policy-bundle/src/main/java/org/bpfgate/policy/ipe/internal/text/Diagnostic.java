package org.bpfgate.policy.ipe.internal.text;

import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.jspecify.annotations.Nullable;

/**
 * One error in the text of a policy.
 *
 * @param errno {@code EBADMSG}, {@code EINVAL} or {@code ERANGE}, as the kernel returns it when this is the first error
 * @param line counted from 1; LF, CR and CRLF each end one line
 * @param column in bytes, counted from 1; one past the last byte when something is missing at the end of the line
 * @param problem what was expected and what was found, one line for users, without the place
 * @param suggestion the word, or the beginning of one, that was probably meant; null when none is near
 */
public record Diagnostic(
        Errno errno,
        int line,
        int column,
        String problem,
        @Nullable String suggestion) {
    /** Refuses nulls, but for the suggestion. */
    public Diagnostic {
        Objects.requireNonNull(errno);
        Objects.requireNonNull(problem);
    }

    /** Returns the problem and, if there is one, the suggestion as one line for users. */
    public String message() {
        return suggestion == null ? problem : problem + "; did you mean \"" + suggestion + "\"?";
    }

    /** The same error with another guess at what was meant. */
    public Diagnostic meaning(@Nullable String other) {
        return new Diagnostic(errno, line, column, problem, other);
    }

    /** The same error with something that explains it, behind the guess if there is one. */
    public Diagnostic because(String explanation) {
        return new Diagnostic(errno, line, column, problem + "; " + explanation, suggestion);
    }

    /** The same error with something that explains it. */
    public Diagnostic withNote(String note) {
        return new Diagnostic(errno, line, column, message() + " (" + note + ")", null);
    }
}
