package org.bpfgate.integrity.hash.internal.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.program.ProgramDigest;

/** One list in use, of whatever form. Immutable; safe for use by several threads. */
public interface DigestList {
    /** Returns where the list comes from. */
    Provenance provenance();

    /** Returns when the list counts. */
    Validity validity();

    /**
     * Returns what the list says about a digest.
     *
     * @param load what the entries are compared with
     * @return the first entry that counts for the load, or else the first of those that miss it least; empty when the digest is not listed
     */
    Optional<DigestListing> find(ProgramDigest digest, LoadKind load);

    /**
     * Returns the first entry that has the type and name of the load, one with the whole name before one where a kernel may have
     * cut one of the two names. An entry that has no type is not found.
     */
    Optional<Namesake> namesake(LoadKind load);

    /** Returns what an operator should know about the list, a sentence for each. */
    default List<String> warnings(boolean revokes) {
        List<String> warnings = new ArrayList<>(provenance().warnings(revokes));
        Instant now = Instant.now();
        if (!counts(now)) {
            warnings.add(provenance().label() + ": the list " + whyNot(now) + "; it "
                    + (revokes ? "revokes" : "lets in") + " nothing");
        }
        return warnings;
    }

    /** Returns whether the list counts at a time. */
    default boolean counts(Instant now) {
        return validity().contains(now);
    }

    /** Returns why a list that does not count at a time does not, as the end of a sentence about it. */
    default String whyNot(Instant now) {
        return validity().outside(now);
    }
}
