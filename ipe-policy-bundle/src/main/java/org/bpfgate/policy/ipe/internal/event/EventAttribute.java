package org.bpfgate.policy.ipe.internal.event;

import org.jspecify.annotations.Nullable;

/**
 * One attribute of an event that a property can want a value of, such as the type of the program. Of all rules that want some
 * value of it, only those that want the event's own value can match; the index asks no others. Equal attributes have equal values
 * for every event.
 */
@FunctionalInterface
public interface EventAttribute {
    /**
     * Returns a value of the event. Allocates nothing, as far as the event itself does not.
     *
     * @param event the event
     * @param n counted from 0; an attribute with several values, such as the signers, has more than the first
     * @return the value, or null when the event has no such value, and so none for any greater number
     */
    @Nullable
    Object value(EvaluationContext event, int n);

    /** Returns whether it takes work to learn the value: such attributes are asked last. */
    default boolean isCostly() {
        return false;
    }

    /** How the only value of an attribute is read. */
    @FunctionalInterface
    interface Reader {
        /** Returns the value; null when the event has none. */
        @Nullable
        Object read(EvaluationContext event);
    }

    /** Returns an attribute with at most one value. */
    static EventAttribute one(Reader reader) {
        return (event, n) -> n == 0 ? reader.read(event) : null;
    }

    /** As {@link #one}, for a value that is computed when it is first asked for. */
    static EventAttribute costly(Reader reader) {
        return new EventAttribute() {
            @Override
            public @Nullable Object value(EvaluationContext event, int n) {
                return n == 0 ? reader.read(event) : null;
            }

            @Override
            public boolean isCostly() {
                return true;
            }
        };
    }
}
