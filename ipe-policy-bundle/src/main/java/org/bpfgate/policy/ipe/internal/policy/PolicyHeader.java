package org.bpfgate.policy.ipe.internal.policy;

import java.util.Objects;

/**
 * The first statement of a policy: who it is.
 *
 * @param name the name, one character per byte of the text (ISO 8859-1); not empty
 * @param version its revision
 */
public record PolicyHeader(String name, PolicyVersion version) {
    /** Refuses an empty name. */
    public PolicyHeader {
        Objects.requireNonNull(version);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a policy has a name");
        }
    }
}
