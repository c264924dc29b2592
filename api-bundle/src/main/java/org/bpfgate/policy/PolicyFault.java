package org.bpfgate.policy;

import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.jspecify.annotations.Nullable;

/**
 * An error in a text that is to be a policy. Immutable.
 *
 * @param errno what a kernel returns when this is the first error: {@code EBADMSG}, {@code EINVAL} or {@code ERANGE}
 * @param line counted from 1
 * @param column in bytes, counted from 1; one past the last byte when something is missing at the end of the line
 * @param message what was expected and what was found, one line for people, without the place; tells the suggestion too
 * @param suggestion the word, or the beginning of one, that was probably meant; null when none is near
 */
public record PolicyFault(
        Errno errno,
        int line,
        int column,
        String message,
        @Nullable String suggestion) {
    /** Refuses nulls, but for the suggestion, and places before the first. */
    public PolicyFault {
        Objects.requireNonNull(errno);
        Objects.requireNonNull(message);
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("not a place in a text: " + line + ":" + column);
        }
    }
}
