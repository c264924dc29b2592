package org.bpfgate.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blobs on one object at one moment: immutable but for what the modules do inside their own. */
final class BlobSet {
    private final List<BlobType<?>> types;
    private final Object[] blobs;

    private BlobSet(List<BlobType<?>> types, Object[] blobs) {
        this.types = types;
        this.blobs = blobs;
    }

    /**
     * Makes a set with one blob of each type, taking over those that are there already.
     *
     * @param wanted the types; their list is kept, so that the same list is recognised next time
     * @param present what the object has, if anything
     * @return the set, or null when a blob cannot be made
     */
    static @Nullable BlobSet of(List<BlobType<?>> wanted, @Nullable BlobSet present) {
        Object[] blobs = new Object[wanted.size()];
        try {
            for (int i = 0; i < blobs.length; i++) {
                BlobType<?> type = wanted.get(i);
                Object held = present == null ? null : present.find(type);
                blobs[i] = held == null ? type.allocate() : held;
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            return null;
        }
        return new BlobSet(wanted, blobs);
    }

    @SuppressWarnings(
            "ReferenceEquality") // One generation has one list; equal lists of two generations may be told apart.
    boolean isFor(List<BlobType<?>> wanted) {
        return types == wanted;
    }

    @Nullable
    Object find(BlobType<?> type) {
        for (int i = 0; i < blobs.length; i++) {
            if (types.get(i) == type) {
                return blobs[i];
            }
        }
        return null;
    }
}
