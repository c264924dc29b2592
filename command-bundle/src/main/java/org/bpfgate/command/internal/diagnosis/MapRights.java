package org.bpfgate.command.internal.diagnosis;

import java.util.Set;

/** Which capability a type of map needs, by {@code map_create()} of {@code kernel/bpf/syscall.c} (Linux 6.18). */
final class MapRights {
    /** {@code enum bpf_map_type}: DEVMAP, SOCKMAP, XSKMAP, SOCKHASH, DEVMAP_HASH. */
    private static final Set<Integer> NETWORK = Set.of(14, 15, 17, 18, 25);

    private MapRights() {}

    static boolean needsNetAdmin(int type) {
        return NETWORK.contains(type);
    }
}
