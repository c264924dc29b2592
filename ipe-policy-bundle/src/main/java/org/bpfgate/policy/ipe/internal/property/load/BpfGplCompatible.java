package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code bpf_gpl_compatible}: the licence that the load names is one that the kernel takes for compatible with the GPL,
 * {@code license_is_gpl_compatible()} of {@code include/linux/license.h}. Without a known licence neither value holds.
 *
 * @param value the wanted value
 */
public record BpfGplCompatible(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.GPL_COMPATIBLE;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_gpl_compatible", value);
    }
}
