package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.jspecify.annotations.Nullable;

/** A property that holds exactly when the event has the wanted value in one attribute. */
public interface EqualityProperty extends Property {
    /** Returns the attribute. */
    EventAttribute attribute();

    /** Returns the wanted value; compared with {@link Object#equals}. */
    Object wanted();

    @Override
    default boolean holds(EvaluationContext event) {
        int n = 0;
        @Nullable Object value = attribute().value(event, n);
        while (value != null && !value.equals(wanted())) {
            value = attribute().value(event, ++n);
        }
        return value != null;
    }
}
