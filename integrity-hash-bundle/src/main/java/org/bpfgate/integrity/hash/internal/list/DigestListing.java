package org.bpfgate.integrity.hash.internal.list;

import org.jspecify.annotations.Nullable;

/**
 * What a list says about a digest that it has, for one load.
 *
 * @param entry the entry that says it and where it stands, for users
 * @param mismatch why the entry does not count for the load; null when it does
 * @param explanation the same in words; empty when it does
 */
record DigestListing(String entry, @Nullable Mismatch mismatch, String explanation) {
    /** An entry that counts for the load. */
    static DigestListing counting(String entry) {
        return new DigestListing(entry, null, "");
    }

    /** Returns whether the digest is listed for this load. */
    boolean counts() {
        return mismatch == null;
    }

    /** Returns whether this is the better answer: an entry that counts before one that does not, and then the later {@link Mismatch}. */
    boolean isBetterThan(@Nullable DigestListing other) {
        if (other == null || other.mismatch == null) {
            return other == null;
        }
        return mismatch == null || mismatch.compareTo(other.mismatch) > 0;
    }
}
