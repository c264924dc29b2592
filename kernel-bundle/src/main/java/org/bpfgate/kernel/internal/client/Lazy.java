package org.bpfgate.kernel.internal.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is computed at its first use, and then kept. Safe for use by several threads. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile @Nullable T value;

    /**
     * Finds nothing out yet.
     *
     * @param source asked once; never gives null
     */
    Lazy(Supplier<T> source) {
        this.source = source;
    }

    /** Returns the value if it was found out before, without waiting for who finds it out; else another one. */
    T ifKnown(T otherwise) {
        T known = value;
        return known == null ? otherwise : known;
    }

    /** Takes a value that was found out in another way; one that is known already stays. */
    synchronized void put(T found) {
        if (value == null) {
            value = found;
        }
    }

    @Override
    public synchronized T get() {
        T known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }
}
