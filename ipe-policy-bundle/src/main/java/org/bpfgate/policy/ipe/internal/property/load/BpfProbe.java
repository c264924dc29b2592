package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code bpf_probe}: the load is one of those by which libraries find out what the kernel can do.
 *
 * @param value the wanted value
 */
public record BpfProbe(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.PROBE;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_probe", value);
    }
}
