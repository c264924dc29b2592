package org.bpfgate.policy.ipe.internal.policy;

import java.util.List;
import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * One rule, {@code struct ipe_rule}: it decides on an event for which every property holds. Immutable.
 *
 * @param properties the conditions, in the order of the text; none means that every event of the operation matches
 * @param ruling what it decides
 */
public record Rule(List<Property> properties, Ruling ruling) {
    /** Copies the list. */
    public Rule {
        properties = List.copyOf(properties);
        Objects.requireNonNull(ruling);
    }

    /** Returns whether every property holds. Stops at the first that does not, and allocates nothing. */
    public boolean matches(EvaluationContext event) {
        for (int i = 0; i < properties.size(); i++) {
            if (!properties.get(i).holds(event)) {
                return false;
            }
        }
        return true;
    }
}
