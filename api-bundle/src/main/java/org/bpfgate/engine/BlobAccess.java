package org.bpfgate.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The framework's own key to the blobs of an object. It keeps allocation and release out of the exported API, where every
 * module could call them.
 *
 * @param <O> the objects, {@code SecurityObject} of {@code org.bpfgate.program}, which makes the key and so cannot be named here
 * @param <T> the types of blobs, {@code BlobType}
 */
public abstract class BlobAccess<O, T> {
    private static @Nullable BlobAccess<?, ?> instance;

    /** Called once, by the class that holds the blobs. */
    public static void set(BlobAccess<?, ?> access) {
        instance = access;
    }

    /** Returns the access; valid as soon as one object exists. */
    @SuppressWarnings("unchecked") // There is one kind of object, and the class that holds its blobs made the access.
    public static <O, T> BlobAccess<O, T> get() {
        return (BlobAccess<O, T>) Objects.requireNonNull(instance, "no object was made yet");
    }

    /**
     * Gives the object one blob of each type: makes the missing ones, and keeps all that it has. Those of other types stay too:
     * they may belong to modules of a newer generation, whose calls run at the same time.
     *
     * @param types compared by identity of the list, so that the usual case costs one comparison
     * @return false, with the object left as it was, when a blob cannot be made
     * @throws IllegalStateException when the object was freed
     */
    public abstract boolean cover(O object, List<T> types);

    /** Drops the blobs of these types, and no others. Harmless when there are none. */
    public abstract void forget(O object, List<T> types);

    /**
     * Begins the end of an object. The blobs stay for the free callbacks.
     *
     * @return true once per object, and never for one whose blobs were not made
     */
    public abstract boolean beginFree(O object);

    /** Drops all blobs. Harmless when there are none. */
    public abstract void drop(O object);
}
