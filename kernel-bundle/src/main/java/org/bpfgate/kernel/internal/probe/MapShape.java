package org.bpfgate.kernel.internal.probe;

import java.util.List;
import org.bpfgate.program.UsedMap;

/**
 * What the one map of a probe must be. A probe's instructions may write to its map; nobody runs them, but a map that is not the
 * probe's own is a sign that this is something else.
 *
 * @param type the number of {@code enum bpf_map_type}
 * @param keySize bytes
 * @param valueSize bytes
 * @param maxEntries how many entries it has
 */
record MapShape(int type, int keySize, int valueSize, int maxEntries) {
    /** {@code enum bpf_map_type} of {@code include/uapi/linux/bpf.h} as of July 2026, by number, as bpftool spells it. */
    private static final List<String> TYPES = List.of(
            "unspec",
            "hash",
            "array",
            "prog_array",
            "perf_event_array",
            "percpu_hash",
            "percpu_array",
            "stack_trace",
            "cgroup_array",
            "lru_hash",
            "lru_percpu_hash",
            "lpm_trie",
            "array_of_maps",
            "hash_of_maps",
            "devmap",
            "sockmap",
            "cpumap",
            "xskmap",
            "sockhash",
            "cgroup_storage",
            "reuseport_sockarray",
            "percpu_cgroup_storage",
            "queue",
            "stack",
            "sk_storage",
            "devmap_hash",
            "struct_ops",
            "ringbuf",
            "inode_storage",
            "task_storage",
            "bloom_filter",
            "user_ringbuf",
            "cgrp_storage",
            "arena",
            "insn_array");

    /** Returns the number of a type by bpftool's name for it; -1 when there is none. */
    static int typeByName(String name) {
        return TYPES.indexOf(name);
    }

    boolean matches(UsedMap map) {
        return map.type() == type
                && map.keySize() == keySize
                && map.valueSize() == valueSize
                && map.maxEntries() == maxEntries
                && map.flags() == 0
                && !map.isFrozen();
    }
}
