package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.bpf.MapType;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;

/**
 * {@code bpf_map_type}: the program uses a map of this type, or may use one as far as can be told; or, written with {@code !}
 * before the type, certainly does not. It holds in neither form for an event that is no BPF load.
 *
 * @param type the type
 * @param used whether the use is wanted, or its absence
 */
public record BpfMapType(MapType type, boolean used) implements Property {
    /** Refuses null. */
    public BpfMapType {
        Objects.requireNonNull(type);
    }

    @Override
    public boolean holds(EvaluationContext event) {
        LoadedProgram program = event.program();
        return program != null && program.mayUse(type) == used;
    }

    @Override
    public String toString() {
        return "bpf_map_type=" + (used ? "" : "!") + type.label();
    }
}
