package org.bpfgate.integrity.hash.internal;

import java.time.Instant;
import java.util.Optional;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;

/** One list in use, of whatever form. Immutable; safe for use by several threads. */
interface ProgramList {
    /** Returns where the list comes from. */
    Provenance provenance();

    /** Returns when the list counts. */
    Validity validity();

    /** Returns what the list says about a listed digest and where, for people; empty when the digest is not listed. */
    Optional<String> find(ProgramDigest digest);

    /**
     * Returns the same about the first entry of this type and name. Names are compared as a kernel would keep them, cut after
     * 15 bytes. An entry that tells no type is not found.
     */
    Optional<String> find(String name, ProgramType type);

    /** Returns whether the list counts at a time. */
    default boolean counts(Instant now) {
        return validity().contains(now);
    }

    /** Returns why a list that does not count at a time does not, as the end of a sentence about it. */
    default String whyNot(Instant now) {
        return validity().outside(now);
    }
}
