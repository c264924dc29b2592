package org.bpfgate.policy.ipe.eval.internal;

import org.jspecify.annotations.Nullable;

/** A property that holds exactly when the event has the wanted value in one dimension. */
interface Discriminating extends Property {
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
