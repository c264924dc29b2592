package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;

/**
 * {@code bpf_insn_max}: the program has at most so many instructions, counted as the kernel counts {@code attr.insn_cnt}. It
 * holds for no event that is no BPF load.
 *
 * @param most the largest number for which it holds
 */
public record BpfInsnMax(int most) implements Property {
    /** Refuses numbers below 1. */
    public BpfInsnMax {
        if (most < 1) {
            throw new IllegalArgumentException("a program has at least 1 instruction, not " + most);
        }
    }

    @Override
    public boolean holds(EvaluationContext event) {
        LoadedProgram program = event.program();
        return program != null && program.instructionCount() <= most;
    }

    @Override
    public String toString() {
        return "bpf_insn_max=" + most;
    }
}
