package org.bpfgate.program;

import java.util.Objects;

/** One map, the kernel's {@code struct bpf_map} as far as hooks look at it. It lives from its creation to the free hook. */
public final class BpfMap extends SecurityObject {
    private final String name;
    private final int type;
    private final int keySize;
    private final int valueSize;
    private final int maxEntries;
    private final int flags;

    /**
     * Describes a map that no hook has seen yet. The numbers are those of the {@code BPF_MAP_CREATE} attributes.
     *
     * @param name {@code map_name}; empty when it has none
     * @param type {@code map_type}, a number of {@code enum bpf_map_type}
     * @param keySize {@code key_size}, in bytes
     * @param valueSize {@code value_size}, in bytes
     * @param maxEntries {@code max_entries}
     * @param flags {@code map_flags}
     */
    public BpfMap(String name, int type, int keySize, int valueSize, int maxEntries, int flags) {
        this.name = Objects.requireNonNull(name);
        this.type = type;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.maxEntries = maxEntries;
        this.flags = flags;
    }

    /** Returns the name; empty when it has none. */
    public String name() {
        return name;
    }

    /** Returns the number of the map type. */
    public int type() {
        return type;
    }

    /** Returns the size of a key in bytes. */
    public int keySize() {
        return keySize;
    }

    /** Returns the size of a value in bytes. */
    public int valueSize() {
        return valueSize;
    }

    /** Returns how many entries the map can hold. */
    public int maxEntries() {
        return maxEntries;
    }

    /** Returns the creation flags, {@code BPF_F_*}. */
    public int flags() {
        return flags;
    }

    @Override
    public String toString() {
        return "map " + (name.isEmpty() ? "(unnamed)" : name);
    }
}
