package org.bpfgate.allowlist;

import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/**
 * A digest and the loads that it is listed for.
 *
 * @param digest the digest
 * @param type the type of program, by the name that bpftool prints; null for every type
 * @param attach the way of attaching, as lists write it behind {@code attach=}; null for every one. Of a target there are {@code #} and
 *     eight digits of its digest, because compiled lists do not keep names
 */
public record ListedKind(
        ProgramDigest digest,
        @Nullable String type,
        @Nullable String attach) {
    /** Refuses a missing digest. */
    public ListedKind {
        Objects.requireNonNull(digest);
    }
}
