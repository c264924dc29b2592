package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;

/**
 * A BPF program that was to be loaded.
 *
 * @param name its name; may be empty
 * @param type its type in the words of bpftool
 */
public record ProgramFacts(String name, String type) {
    /** Refuses nulls. */
    public ProgramFacts {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }
}
