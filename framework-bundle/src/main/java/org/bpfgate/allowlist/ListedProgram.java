package org.bpfgate.allowlist;

import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/**
 * A program to be listed.
 *
 * @param digest what it is known by
 * @param name its name; may be empty
 * @param type its type; with the name it tells a program that changed from one that was never listed
 */
public record ListedProgram(ProgramDigest digest, String name, ProgramType type) {
    /** Refuses nulls. */
    public ListedProgram {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }
}
