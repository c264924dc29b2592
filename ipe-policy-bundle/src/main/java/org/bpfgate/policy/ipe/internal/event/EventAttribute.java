package org.bpfgate.policy.ipe.internal.event;

import org.jspecify.annotations.Nullable;

/**
 * One thing about an event that a property can want a value of, such as the type of the program. Of all rules that want some
 * value there, only those that want the event's own value can match, which spares asking the others. Equal attributes
 * have equal values for every event.
 */
public interface EventAttribute {
    /**
     * Returns a value of the event.
     *
     * @param event the event
     * @param n counted from 0; a attribute with several values, such as the signers, has more than the first
     * @return the value, or null when the event has no such value, and so none for any greater number
     */
    @Nullable
    Object value(EvaluationContext event, int n);

    /** Returns whether it takes work to learn the value: such attributes are asked last. */
    default boolean isCostly() {
        return false;
    }
}
