package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * A property without more meaning than its row of {@link PropertyKey} gives it: the event has the wanted value.
 *
 * @param key the property
 * @param wanted the wanted value of {@link PropertyKey#attribute}
 * @param value the wanted value as the language writes it
 */
public record KeyedProperty(PropertyKey key, Object wanted, String value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return key.attribute();
    }

    @Override
    public String toString() {
        return key.beginning() + value;
    }
}
