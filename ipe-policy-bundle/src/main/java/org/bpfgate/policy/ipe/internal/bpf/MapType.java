package org.bpfgate.policy.ipe.internal.bpf;

import java.util.Locale;

/**
 * The kinds of map, {@code enum bpf_map_type} of {@code include/uapi/linux/bpf.h} as Linux 6.18 has it, without
 * {@code BPF_MAP_TYPE_}. The labels are the names that bpftool prints.
 */
public enum MapType {
    UNSPEC(0),
    HASH(1),
    ARRAY(2),
    PROG_ARRAY(3),
    PERF_EVENT_ARRAY(4),
    PERCPU_HASH(5),
    PERCPU_ARRAY(6),
    STACK_TRACE(7),
    CGROUP_ARRAY(8),
    LRU_HASH(9),
    LRU_PERCPU_HASH(10),
    LPM_TRIE(11),
    ARRAY_OF_MAPS(12),
    HASH_OF_MAPS(13),
    DEVMAP(14),
    SOCKMAP(15),
    CPUMAP(16),
    XSKMAP(17),
    SOCKHASH(18),
    CGROUP_STORAGE(19),
    REUSEPORT_SOCKARRAY(20),
    PERCPU_CGROUP_STORAGE(21),
    QUEUE(22),
    STACK(23),
    SK_STORAGE(24),
    DEVMAP_HASH(25),
    STRUCT_OPS(26),
    RINGBUF(27),
    INODE_STORAGE(28),
    TASK_STORAGE(29),
    BLOOM_FILTER(30),
    USER_RINGBUF(31),
    CGRP_STORAGE(32),
    ARENA(33),
    INSN_ARRAY(34);

    private final int number;
    private final String label = name().toLowerCase(Locale.ROOT);

    MapType(int number) {
        this.number = number;
    }

    /** Returns the number in the kernel. */
    public int number() {
        return number;
    }

    /** Returns the name that bpftool prints, such as {@code percpu_hash}. */
    public String label() {
        return label;
    }
}
