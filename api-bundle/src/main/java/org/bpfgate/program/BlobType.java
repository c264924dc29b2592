package org.bpfgate.program;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * What one module keeps per object: its share of the kernel's {@code prog->aux->security}. A module declares one such
 * type for programs in {@link org.bpfgate.hook.SecurityModule#programBlob()} and uses the same instance as the key to
 * read its blob.
 *
 * @param <T> the class of the blob
 */
public final class BlobType<T> {
    private final Class<T> type;
    private final Supplier<? extends T> fresh;

    private BlobType(Class<T> type, Supplier<? extends T> fresh) {
        this.type = Objects.requireNonNull(type);
        this.fresh = Objects.requireNonNull(fresh);
    }

    /**
     * Declares a blob.
     *
     * @param type its class
     * @param fresh makes an empty one; called once per object, before the module's first callback for that object. When
     *     it throws or returns null the load fails with {@code ENOMEM} and no callback runs
     */
    public static <T> BlobType<T> of(Class<T> type, Supplier<? extends T> fresh) {
        return new BlobType<>(type, fresh);
    }

    T allocate() {
        return Objects.requireNonNull(fresh.get(), () -> "no blob was made of " + type.getName());
    }

    T cast(Object blob) {
        return type.cast(blob);
    }
}
