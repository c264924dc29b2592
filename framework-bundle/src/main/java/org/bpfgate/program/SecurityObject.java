package org.bpfgate.program;

import java.util.List;
import org.bpfgate.program.internal.BlobAccess;
import org.jspecify.annotations.Nullable;

/**
 * A kernel object to which modules attach state of their own: the {@code security} pointer of the kernel's BPF objects.
 * The framework allocates all blobs before the first callback for the object and drops them after the free callbacks.
 *
 * <p>A blob is read on the thread that decides on the object; the object may be handed from one thread to another with
 * the usual care, but the framework does not run callbacks for one object on two threads at once.
 */
public abstract sealed class SecurityObject permits BpfProgram {
    static {
        BlobAccess.set(new BlobAccess() {
            @Override
            public boolean allocate(SecurityObject object, List<BlobType<?>> types) {
                return object.allocate(types);
            }

            @Override
            public boolean isAllocated(SecurityObject object) {
                return object.types != null;
            }

            @Override
            public void drop(SecurityObject object) {
                object.types = null;
                object.blobs = null;
            }
        });
    }

    private @Nullable List<BlobType<?>> types;
    private Object @Nullable [] blobs;

    SecurityObject() {}

    /**
     * Returns the caller's blob on this object.
     *
     * @param type the instance that the module declares
     * @throws IllegalStateException when there is none: the module did not declare this type, or the object was freed
     */
    public <T> T blob(BlobType<T> type) {
        List<BlobType<?>> known = types;
        Object[] held = blobs;
        if (known != null && held != null) {
            for (int i = 0; i < held.length; i++) {
                if (known.get(i) == type) {
                    return type.cast(held[i]);
                }
            }
        }
        throw new IllegalStateException("this object has no such blob: not declared by a module, or already freed");
    }

    private boolean allocate(List<BlobType<?>> wanted) {
        Object[] made = new Object[wanted.size()];
        try {
            for (int i = 0; i < made.length; i++) {
                made[i] = wanted.get(i).allocate();
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            return false;
        }
        types = wanted;
        blobs = made;
        return true;
    }
}
