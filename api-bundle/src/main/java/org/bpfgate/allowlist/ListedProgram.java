package org.bpfgate.allowlist;

import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * A program to be listed.
 *
 * @param digest what it is known by
 * @param name its name; may be empty
 * @param type its type, which the entry counts for, and which with the name tells a program that changed from one that was never listed;
 *     {@link ProgramType#UNSPEC} when it is not known: then the entry counts for every type
 * @param attach the way of attaching that the entry counts for; null for every one
 */
public record ListedProgram(
        ProgramDigest digest,
        String name,
        ProgramType type,
        @Nullable ListedAttach attach) {
    /** Refuses nulls. */
    public ListedProgram {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }
}
