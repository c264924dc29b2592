package org.bpfgate.integrity.hash.internal.index;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.bpfgate.allowlist.ListedKind;

/** What differs between two sorted rows of entries, whatever the names in them. */
public final class IndexComparison {
    private IndexComparison() {}

    /**
     * Compares what two builders collected.
     *
     * @param removed takes what only the first one has, in the order of the digests
     * @param added takes what only the second one has, in the order of the digests
     * @throws DamagedIndexException when an added index is damaged
     */
    public static void compare(
            IndexBuilder before, IndexBuilder after, Consumer<ListedKind> removed, Consumer<ListedKind> added)
            throws IOException {
        try (DigestGroups one = new DigestGroups(before.sorted());
                DigestGroups other = new DigestGroups(after.sorted())) {
            boolean hasOne = one.advance();
            boolean hasOther = other.advance();
            while (hasOne || hasOther) {
                int order = order(hasOne, hasOther, one, other);
                Set<ListedKind> old = order <= 0 ? one.kinds() : Set.of();
                Set<ListedKind> fresh = order >= 0 ? other.kinds() : Set.of();
                tell(old, fresh, removed);
                tell(fresh, old, added);
                hasOne = order <= 0 ? one.advance() : hasOne;
                hasOther = order >= 0 ? other.advance() : hasOther;
            }
        }
    }

    private static void tell(Set<ListedKind> these, Set<ListedKind> those, Consumer<ListedKind> told) {
        for (ListedKind kind : these) {
            if (!those.contains(kind)) {
                told.accept(kind);
            }
        }
    }

    /** A row that has ended stands after everything. */
    private static int order(boolean hasOne, boolean hasOther, DigestGroups one, DigestGroups other) {
        if (!hasOne || !hasOther) {
            return hasOne ? -1 : 1;
        }
        return one.digest().compareTo(other.digest());
    }
}
