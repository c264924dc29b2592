package org.bpfgate.allowlist;

import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a list.
 *
 * @param digest the digest that they have
 * @param type the type that they tell; null for all entries of the digest
 * @param attach the way of attaching that they tell; null for all entries of the type
 */
public record ListSelection(
        ProgramDigest digest,
        @Nullable ProgramType type,
        @Nullable ListedAttach attach) {
    /**
     * Refuses a way of attaching without a type.
     *
     * @throws IllegalArgumentException for that
     */
    public ListSelection {
        Objects.requireNonNull(digest);
        if (type == null && attach != null) {
            throw new IllegalArgumentException("a way of attaching goes with a type of program");
        }
    }

    /** All entries of a digest. */
    public static ListSelection of(ProgramDigest digest) {
        return new ListSelection(digest, null, null);
    }
}
