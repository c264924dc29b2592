package org.bpfgate.policy.ipe.internal.property.load;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.program.AttachType;

/**
 * {@code bpf_attach_type}: the attach type that the load names. The first one, {@code cgroup_inet_ingress}, has the number 0,
 * so it also holds for a load that names none.
 *
 * @param type the wanted type
 */
public record BpfAttachType(AttachType type) implements EqualityProperty {
    /** Refuses null. */
    public BpfAttachType {
        Objects.requireNonNull(type);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.ATTACH_TYPE;
    }

    @Override
    public Object wanted() {
        return type;
    }

    @Override
    public String toString() {
        return "bpf_attach_type=" + type.label();
    }
}
