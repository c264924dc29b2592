package org.bpfgate.program;

import java.util.Objects;
import java.util.Optional;

/**
 * One request to create a map: the arguments {@code map, attr, token, kernel} of the kernel's hook.
 *
 * @param map the map that is to be, with the attributes it is asked for
 * @param token the token that the caller brings, if any
 * @param origin who asks
 */
public record MapCreation(BpfMap map, Optional<BpfToken> token, LoadOrigin origin) {
    /** Refuses nulls. */
    public MapCreation {
        Objects.requireNonNull(map);
        Objects.requireNonNull(token);
        Objects.requireNonNull(origin);
    }
}
