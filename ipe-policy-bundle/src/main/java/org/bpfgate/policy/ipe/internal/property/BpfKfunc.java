package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;

/**
 * {@code bpf_kfunc}: the program calls a kernel function, or may call it as far as can be told; or, written with {@code !}
 * before the name, certainly does not. It holds in neither form for an event that is no BPF load.
 *
 * @param name the name in C, such as {@code bpf_obj_new_impl}
 * @param called whether the call is wanted, or its absence
 */
public record BpfKfunc(String name, boolean called) implements Property {
    /** The longest symbol of a kernel, {@code KSYM_NAME_LEN} of {@code include/linux/kallsyms.h} less the NUL. */
    private static final int MAX_LENGTH = 511;

    /** Refuses what cannot be the name of a function in C. */
    public BpfKfunc {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a function: \"" + name + "\"");
        }
    }

    /** Returns whether a text can be the name of a function in C, up to 511 characters long. */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    @Override
    public boolean holds(EvaluationContext event) {
        LoadedProgram program = event.program();
        return program != null && program.calls().mayCallFunction(name) == called;
    }

    @Override
    public String toString() {
        return "bpf_kfunc=" + (called ? "" : "!") + name;
    }
}
