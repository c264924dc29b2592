package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.EvaluationContext;

/**
 * One condition of a rule, {@code struct ipe_prop}. Implementations are immutable, and {@code toString} gives the word of
 * the language.
 */
public interface Property {
    /** Returns whether the event has this property. Allocates nothing. */
    boolean holds(EvaluationContext event);
}
