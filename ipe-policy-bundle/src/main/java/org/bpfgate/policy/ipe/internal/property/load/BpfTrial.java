package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code bpf_trial}: the load is small and plain enough to be tried. What a rule with {@code bpf_trial=TRUE} allows is the trial and
 * nothing more: the kernel judges the program, and the client gets an inert one in its place.
 *
 * @param value the wanted value
 */
public record BpfTrial(boolean value) implements EqualityProperty {
    @Override
    public EventAttribute attribute() {
        return Fact.TRIAL;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_trial", value);
    }
}
