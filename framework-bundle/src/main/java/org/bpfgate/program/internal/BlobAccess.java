package org.bpfgate.program.internal;

import java.util.List;
import java.util.Objects;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.SecurityObject;
import org.jspecify.annotations.Nullable;

/**
 * The framework's own key to the blobs of an object. It keeps allocation and release out of the exported API, where every
 * module could call them.
 */
public abstract class BlobAccess {
    private static @Nullable BlobAccess instance;

    /** Called once, by the class that holds the blobs. */
    public static void set(BlobAccess access) {
        instance = access;
    }

    /** Returns the access; valid as soon as one {@link SecurityObject} exists. */
    public static BlobAccess get() {
        return Objects.requireNonNull(instance, "no object was made yet");
    }

    /**
     * Makes one blob of each type.
     *
     * @return false, with the object left without blobs, when one cannot be made
     */
    public abstract boolean allocate(SecurityObject object, List<BlobType<?>> types);

    /** Returns whether blobs were allocated and not yet dropped; an object without any blob type counts as allocated. */
    public abstract boolean isAllocated(SecurityObject object);

    /** Drops all blobs. Harmless when there are none. */
    public abstract void drop(SecurityObject object);
}
