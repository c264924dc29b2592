package org.bpfgate.mediation;

import java.util.Objects;

/**
 * A program that the gate loaded, as the kernel describes it ({@code BPF_OBJ_GET_INFO_BY_FD}).
 *
 * @param id the kernel's number for the program, by which {@code bpftool prog show id} finds it; unsigned, not reused while it lives
 * @param tag the kernel's tag, 16 hexadecimal digits
 */
public record LoadedProgram(int id, String tag) {
    /** Refuses nulls. */
    public LoadedProgram {
        Objects.requireNonNull(tag);
    }
}
