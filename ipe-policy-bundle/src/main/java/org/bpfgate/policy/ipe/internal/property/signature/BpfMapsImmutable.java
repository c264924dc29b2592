package org.bpfgate.policy.ipe.internal.property.signature;

import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Fixable;
import org.bpfgate.policy.ipe.internal.property.Property;

/**
 * {@code bpf_maps_immutable}: every map that a signature vouches for was found among those of the load, no other program
 * can write to it, and the load has no other map that the program may read in its place. Also true when no signature speaks of a
 * map.
 *
 * @param value the wanted value
 */
public record BpfMapsImmutable(boolean value) implements EqualityProperty, Fixable {
    @Override
    public EventAttribute attribute() {
        return Fact.MAPS_IMMUTABLE;
    }

    @Override
    public Object wanted() {
        return value;
    }

    /** By creating the maps otherwise. */
    @Override
    public void applyTo(BpfLoadContext load) {
        load.setMapsImmutable(value);
    }

    @Override
    public String present(EvaluationContext load) {
        return load.mapsImmutable()
                ? "TRUE"
                : "FALSE (a signed map is not there, or programs can write to it: create it with BPF_F_RDONLY_PROG, or"
                        + " exclusive to the program; or the load has a map that is not signed)";
    }

    @Override
    public String toString() {
        return Property.word("bpf_maps_immutable", value);
    }
}
