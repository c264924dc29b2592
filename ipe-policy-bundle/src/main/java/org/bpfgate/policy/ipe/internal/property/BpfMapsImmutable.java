package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;

/**
 * {@code bpf_maps_immutable}: every map that a signature vouches for was found among those of the load, no other program
 * can write to it, and the load has no other map that the program may read in its place. Also true when no signature speaks of a
 * map.
 *
 * @param value the wanted value
 */
public record BpfMapsImmutable(boolean value) implements EqualityProperty, Fixable {
    private static final EventAttribute ATTRIBUTE = EventAttribute.one(EvaluationContext::mapsImmutable);

    @Override
    public EventAttribute attribute() {
        return ATTRIBUTE;
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
        return "bpf_maps_immutable=" + (value ? "TRUE" : "FALSE");
    }
}
