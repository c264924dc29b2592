package org.bpfgate.integrity.sig.internal.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judgements on signatures, good and bad, under one generation of the keyrings; another generation empties it. Holds what
 * was used last. Safe for use by several threads.
 *
 * @param <V> an immutable judgement that depends on nothing but the key and the generation; no clock
 */
public final class LoadCache<V> {
    /** Far more than the programs of one machine. */
    static final int MAX_ENTRIES = 1024;

    /** {@code KMALLOC_MAX_CACHE_SIZE} with pages of 4 KiB; larger signatures no kernel takes. So 8 MiB are held at most. */
    public static final int MAX_SIGNATURE = 8192;

    private final Map<LoadKey, V> judgements = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoadKey, V> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    private long generation = Long.MIN_VALUE;

    /**
     * Looks a judgement up.
     *
     * @param key of the load
     * @param current the generation that the load is judged under
     * @return the judgement; null when there is none
     */
    public synchronized @Nullable V find(LoadKey key, long current) {
        return current == generation ? judgements.get(key) : null;
    }

    /** Keeps a judgement that was made under a generation. */
    public synchronized void keep(LoadKey key, long made, V judgement) {
        if (key.signatureSize() > MAX_SIGNATURE) {
            return;
        }
        if (made != generation) {
            judgements.clear();
            generation = made;
        }
        judgements.put(key, Objects.requireNonNull(judgement));
    }
}
