package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.bpf.Helpers;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;

/**
 * {@code bpf_helper}: the program calls a helper function, or, written with {@code !} before the name, does not. It holds in
 * neither form for an event that is no BPF load.
 *
 * @param name the name in C, such as {@code bpf_probe_write_user}
 * @param called whether the call is wanted, or its absence
 */
public record BpfHelper(String name, boolean called) implements Property {
    /** Refuses what is not the name of a helper. */
    public BpfHelper {
        if (Helpers.number(name) == null) {
            throw new IllegalArgumentException("not a helper: \"" + name + "\"");
        }
    }

    @Override
    public boolean holds(EvaluationContext event) {
        LoadedProgram program = event.program();
        Integer number = Helpers.number(name);
        return program != null && number != null && program.calls().callsHelper(number) == called;
    }

    @Override
    public String toString() {
        return "bpf_helper=" + (called ? "" : "!") + name;
    }
}
