package org.bpfgate.program;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.bpfgate.engine.BlobAccess;
import org.jspecify.annotations.Nullable;

/**
 * A kernel object to which modules attach state of their own: the {@code security} pointer of the kernel's BPF objects.
 * The framework makes a module's blob before the module's first callback for the object, and drops it after the free
 * callbacks or when the module goes away. Callbacks for one object may run on several threads at once.
 */
public abstract sealed class SecurityObject permits BpfMap, BpfProgram, BpfToken {
    private static final VarHandle FREED;
    private static final VarHandle BLOBS;
    private static final VarHandle COVERED_BY_NOTHING;

    static {
        try {
            FREED = MethodHandles.lookup().findVarHandle(SecurityObject.class, "freed", boolean.class);
            BLOBS = MethodHandles.lookup().findVarHandle(SecurityObject.class, "blobs", BlobSet.class);
            COVERED_BY_NOTHING =
                    MethodHandles.lookup().findVarHandle(SecurityObject.class, "coveredByNothing", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        BlobAccess.set(new Access());
    }

    private volatile @Nullable BlobSet blobs;

    /** Decided on by a stack in which nobody keeps anything; then there are no blobs to be published by a fenced write. */
    private boolean coveredByNothing;

    private volatile boolean freed;

    SecurityObject() {}

    /**
     * Returns the caller's blob on this object.
     *
     * @param type the instance that the module declares
     * @throws IllegalStateException when there is none: the module did not declare this type, or the object was freed
     */
    public <T> T blob(BlobType<T> type) {
        BlobSet held = blobs;
        Object blob = held == null ? null : held.find(type);
        if (blob == null) {
            throw new IllegalStateException("this object has no such blob: not declared by a module, or already freed");
        }
        return type.cast(blob);
    }

    /** The framework's key to the blobs. */
    private static final class Access extends BlobAccess<SecurityObject, BlobType<?>> {
        @Override
        public boolean cover(SecurityObject object, List<BlobType<?>> types) {
            BlobSet present = object.blobs;
            if (present == null) {
                return types.isEmpty() ? nothing(object) : first(object, types);
            }
            return present.isFor(types) || further(object, types);
        }

        private static boolean nothing(SecurityObject object) {
            COVERED_BY_NOTHING.setRelease(object, true);
            return true;
        }

        /** A new object, which usually nobody else has seen: no lock. */
        private static boolean first(SecurityObject object, List<BlobType<?>> types) {
            BlobSet made = BlobSet.of(types, null);
            return made != null && (BLOBS.compareAndSet(object, (BlobSet) null, made) || further(object, types));
        }

        private static boolean further(SecurityObject object, List<BlobType<?>> types) {
            synchronized (object) {
                if (object.blobs == BlobSet.GONE) {
                    throw new IllegalStateException(object + " was freed, and is not decided on again");
                }
                BlobSet made = BlobSet.of(types, object.blobs);
                if (made != null) {
                    object.blobs = made;
                }
                return made != null;
            }
        }

        @Override
        public void forget(SecurityObject object, List<BlobType<?>> types) {
            synchronized (object) {
                BlobSet present = object.blobs;
                if (present != null && present != BlobSet.GONE) {
                    object.blobs = present.without(types);
                }
            }
        }

        @Override
        public boolean beginFree(SecurityObject object) {
            BlobSet present = object.blobs;
            boolean covered = present != null || (boolean) COVERED_BY_NOTHING.getAcquire(object);
            return covered && present != BlobSet.GONE && FREED.compareAndSet(object, false, true);
        }

        @Override
        public void drop(SecurityObject object) {
            synchronized (object) {
                object.blobs = BlobSet.GONE;
            }
        }
    }
}
