package org.bpfgate.policy.ipe.internal.property.load;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.program.ProgramType;

/**
 * {@code bpf_prog_type}: the type of the program.
 *
 * @param type the wanted type
 */
public record BpfProgType(ProgramType type) implements EqualityProperty {
    /** Refuses null. */
    public BpfProgType {
        Objects.requireNonNull(type);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.PROGRAM_TYPE;
    }

    @Override
    public Object wanted() {
        return type;
    }

    @Override
    public String toString() {
        return "bpf_prog_type=" + type.label();
    }
}
