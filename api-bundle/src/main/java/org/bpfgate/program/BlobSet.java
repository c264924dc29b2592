package org.bpfgate.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blobs on one object at one moment: immutable but for what the modules do inside their own. */
final class BlobSet {
    /** What an object carries whose end is over: no blobs, and no way back. */
    static final BlobSet GONE = new BlobSet(null, List.of(), List.of());

    /** The list that this set was made for; it has all of those types, and perhaps more. */
    private final @Nullable List<BlobType<?>> madeFor;

    private final List<BlobType<?>> types;
    private final List<Object> blobs;

    private BlobSet(@Nullable List<BlobType<?>> madeFor, List<BlobType<?>> types, List<Object> blobs) {
        this.madeFor = madeFor;
        this.types = types;
        this.blobs = blobs;
    }

    /**
     * Makes a set with one blob of each type, taking over all that are there already.
     *
     * @param wanted the types; their list is kept, so that the same list is recognised next time
     * @param present what the object has, if anything
     * @return the set, or null when a blob cannot be made
     */
    static @Nullable BlobSet of(List<BlobType<?>> wanted, @Nullable BlobSet present) {
        List<BlobType<?>> types = present == null ? new ArrayList<>() : new ArrayList<>(present.types);
        List<Object> blobs = present == null ? new ArrayList<>() : new ArrayList<>(present.blobs);
        try {
            for (BlobType<?> type : wanted) {
                if (!types.contains(type)) {
                    blobs.add(type.allocate());
                    types.add(type);
                }
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            return null;
        }
        return new BlobSet(wanted, types, blobs);
    }

    /** The same set without the blobs of some types. */
    BlobSet without(List<BlobType<?>> gone) {
        List<BlobType<?>> left = new ArrayList<>();
        List<Object> held = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (!gone.contains(types.get(i))) {
                left.add(types.get(i));
                held.add(blobs.get(i));
            }
        }
        return new BlobSet(null, left, held);
    }

    @SuppressWarnings(
            "ReferenceEquality") // One generation has one list; equal lists of two generations may be told apart.
    boolean isFor(List<BlobType<?>> wanted) {
        return madeFor == wanted;
    }

    @Nullable
    Object find(BlobType<?> type) {
        for (int i = 0; i < blobs.size(); i++) {
            if (types.get(i) == type) {
                return blobs.get(i);
            }
        }
        return null;
    }
}
