package org.bpfgate.integrity.hash.internal.list;

import java.util.List;

/**
 * All lists in use.
 *
 * @param allowed the lists of allowed programs, in the order in which they are asked
 * @param revoked the lists of denied programs, whatever the others say
 */
public record AllowlistSet(List<DigestList> allowed, List<DigestList> revoked) {
    /** Copies the lists. */
    public AllowlistSet {
        allowed = List.copyOf(allowed);
        revoked = List.copyOf(revoked);
    }
}
