package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.Dimension;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** A property that holds exactly when the event has the wanted value in one dimension. */
public interface Discriminating extends Property {
    /** Returns the dimension. */
    Dimension dimension();

    /** Returns the wanted value; compared with {@link Object#equals}. */
    Object wanted();

    @Override
    default boolean holds(EvaluationContext event) {
        int n = 0;
        @Nullable Object value = dimension().value(event, n);
        while (value != null && !value.equals(wanted())) {
            value = dimension().value(event, ++n);
        }
        return value != null;
    }
}
