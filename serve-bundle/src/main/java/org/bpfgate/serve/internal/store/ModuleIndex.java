package org.bpfgate.serve.internal.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store is for: which bundle is in which place. Immutable. A bundle of the distribution is here only when an operator changed
 * something about it.
 *
 * @param slots by their names
 * @param newest by symbolic names: the highest version that ran
 */
public record ModuleIndex(Map<String, Slot> slots, Map<String, String> newest) {
    /** Of a gate that nobody changed. */
    public static final ModuleIndex EMPTY = new ModuleIndex(Map.of(), Map.of());

    /** Copies the maps. */
    public ModuleIndex {
        slots = Map.copyOf(slots);
        newest = Map.copyOf(newest);
    }

    /** Returns the places in the order of their names. */
    public Collection<Slot> sorted() {
        return new TreeMap<>(slots).values();
    }

    /** Returns the place that an operator's word means. */
    public Optional<Slot> called(String word) {
        return sorted().stream().filter(slot -> slot.isCalled(word)).findFirst();
    }

    /** Returns the place whose bundle has a symbolic name. */
    public Optional<Slot> ofBundle(String bundle) {
        return sorted().stream()
                .filter(slot -> slot.current().bundle().equals(bundle))
                .findFirst();
    }

    /** Returns the place that follows a file of modules.d. */
    public Optional<Slot> ofFile(String name) {
        return sorted().stream()
                .filter(slot -> slot.file() != null && slot.file().name().equals(name))
                .findFirst();
    }

    public ModuleIndex with(Slot slot) {
        Map<String, Slot> changed = new TreeMap<>(slots);
        changed.put(slot.name(), slot);
        return new ModuleIndex(changed, newest);
    }

    public ModuleIndex without(Slot slot) {
        Map<String, Slot> changed = new TreeMap<>(slots);
        changed.remove(slot.name());
        return new ModuleIndex(changed, newest);
    }

    /** A version of a bundle has run, and is not older than what ran before. */
    public ModuleIndex ran(String bundle, String version) {
        Map<String, String> changed = new TreeMap<>(newest);
        changed.put(bundle, version);
        return new ModuleIndex(slots, changed);
    }

    /** Returns the digests of the jars that are needed. */
    public Set<String> needed() {
        Set<String> digests = new HashSet<>();
        for (Slot slot : slots.values()) {
            add(slot.current(), digests);
            add(slot.kept(), digests);
        }
        return digests;
    }

    private static void add(@Nullable Source source, Set<String> digests) {
        if (source != null && source.sha256() != null) {
            digests.add(source.sha256());
        }
    }
}
