package org.bpfgate.policy.ipe.internal.store;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which policies the state directory holds, and which one is active. Immutable: a change makes a new one. */
final class Index {
    /** Nothing is loaded. */
    static final Index EMPTY = new Index(new TreeMap<>(), null);

    private final SortedMap<String, Entry> entries;
    private final @Nullable Active active;

    private Index(SortedMap<String, Entry> entries, @Nullable Active active) {
        this.entries = Collections.unmodifiableSortedMap(entries);
        this.active = active;
    }

    /** The same with a policy, in place of one of its name. */
    Index with(Entry entry) {
        SortedMap<String, Entry> changed = new TreeMap<>(entries);
        changed.put(entry.name(), entry);
        return new Index(changed, active);
    }

    /** The same without a policy. */
    Index without(String name) {
        SortedMap<String, Entry> changed = new TreeMap<>(entries);
        changed.remove(name);
        return new Index(changed, active);
    }

    /** The same with another active policy; it may be one that the directory does not hold, as the boot policy. */
    Index withActive(Active now) {
        return new Index(entries, now);
    }

    /** Returns the policy of that name; null when it is not loaded. */
    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }

    /** Returns all policies by name. */
    Collection<Entry> entries() {
        return entries.values();
    }

    /** Returns which policy was activated; null when none ever was. */
    @Nullable
    Active active() {
        return active;
    }

    /** Returns whether some policy has this content. */
    boolean uses(String digest) {
        for (Entry entry : entries.values()) {
            if (entry.digest().equals(digest)) {
                return true;
            }
        }
        return false;
    }
}
