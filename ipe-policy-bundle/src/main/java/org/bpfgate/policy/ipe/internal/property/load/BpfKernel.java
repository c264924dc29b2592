package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code bpf_kernel}: the kernel itself asks for the load.
 *
 * @param value the wanted value
 */
public record BpfKernel(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.KERNEL;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_kernel", value);
    }
}
