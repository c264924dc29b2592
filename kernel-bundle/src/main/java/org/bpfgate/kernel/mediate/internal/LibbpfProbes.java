package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.UsedMap;

/**
 * The loads with which libbpf finds out what the kernel can do, before it loads anything. Refusing them fails the whole object.
 * Each is known by all that it consists of: digest, type, name, attach type, number of maps, and nothing else set. Version 2 of
 * the list, seen under {@code bpfgate learn}: what libbpf 1.1.2 and bpftool 7.1.0 of Debian 12 load on Linux 6.18, and bpftool
 * 7.5.0 and 7.8.0 of later Debian, with libbpf 1.5 and 1.8, on Linux 7.3.
 */
final class LibbpfProbes {
    /** {@code r0 = 0; exit}. */
    private static final String RETURN_0 = "59f4a931744dcdc62944a018ed3990e666ec6444616418d3b09a82dc5c753d52";

    /** {@code call bpf_ktime_get_coarse_ns; exit}: a kernel that has it counts maps' memory by control group. */
    private static final String COARSE_TIME = "62efe59b7d4f5ea1e6a1c01a78f0fbbb112380f25026afe08dc8f4b90192453f";

    /** {@code r1 = 16 bytes into the value of a map; *(u64 *)r1 = 42; r0 = 0; exit}. */
    private static final String GLOBAL_DATA = "cdfb7395b343f73131300b8eba27526873d26064168524468e2f84a844648f2b";

    /** {@code call a subprogram; exit; call bpf_get_func_ip; exit}: whether a subprogram may get the context, since libbpf 1.4. */
    private static final String ARGUMENT_CONTEXT = "13b57167626c8dd19cfe7964fca542ee445848211764b97f2bdd85a9ff3665da";

    /** {@code BPF_CGROUP_INET_SOCK_CREATE} of {@code enum bpf_attach_type}. */
    private static final int INET_SOCK_CREATE = 2;

    /** Where the last probe's offset into the value stands, which no digest covers, and what it is. */
    private static final int OFFSET_PLACE = 12;

    private static final byte OFFSET = 16;

    /** {@code BPF_MAP_TYPE_ARRAY} of {@code include/uapi/linux/bpf.h}. */
    private static final int ARRAY = 2;

    /** Bytes in the value of the last probe's map. */
    private static final int GLOBAL_DATA_SIZE = 32;

    /**
     * One probe.
     *
     * @param functions how many functions its types tell of, {@code func_info_cnt}
     */
    private record Probe(
            String name, String digest, ProgramType type, String programName, int attachType, int maps, int functions) {
        boolean is(LoadCopy copy, ProgramLoad load) {
            BpfProgram program = load.program();
            return program.type() == type
                    && copy.original().getInt(FUNC_INFO_CNT) == functions
                    && program.name().equals(programName)
                    && load.attachType() == attachType
                    && program.instructions().digest().orElseThrow().hex().equals(digest)
                    && program.usedMaps().size() == maps
                    && program.usedMaps().stream().allMatch(LibbpfProbes::isOfLibbpf);
        }
    }

    private static final List<Probe> KNOWN = List.of(
            new Probe("libbpf-trivial", RETURN_0, ProgramType.SOCKET_FILTER, "", 0, 0, 0),
            new Probe("libbpf-name", RETURN_0, ProgramType.SOCKET_FILTER, "libbpf_nametest", 0, 0, 0),
            new Probe("libbpf-attach-type", RETURN_0, ProgramType.CGROUP_SOCK, "", INET_SOCK_CREATE, 0, 0),
            new Probe("libbpf-arg-ctx", ARGUMENT_CONTEXT, ProgramType.KPROBE, "det_arg_ctx", 0, 0, 2),
            new Probe("libbpf-memcg", COARSE_TIME, ProgramType.SOCKET_FILTER, "", 0, 0, 0),
            new Probe("libbpf-global-data", GLOBAL_DATA, ProgramType.SOCKET_FILTER, "", 0, 1, 0));

    /** More instructions than any probe has: such a program is not compared. */
    private static final int LONGEST = 5;

    private LibbpfProbes() {}

    /** Returns which probe a load is; empty for every other load. */
    static Optional<String> recognise(LoadCopy copy, ProgramLoad load) {
        if (load.program().instructions().count() <= LONGEST && isPlain(copy.original())) {
            for (Probe probe : KNOWN) {
                if (probe.is(copy, load) && (probe.maps() == 0 || copy.instructions()[OFFSET_PLACE] == OFFSET)) {
                    return Optional.of(probe.name());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * {@code bpf_map_create(BPF_MAP_TYPE_ARRAY, "libbpf_global", sizeof(int), 32, 1, NULL)}. The probe writes to it; so it must also be
     * one that nobody vouches for yet, which is not frozen. Without flags it is never immutable, so that nobody vouches for it later.
     */
    private static boolean isOfLibbpf(UsedMap map) {
        return map.type() == ARRAY
                && map.keySize() == Integer.BYTES
                && map.valueSize() == GLOBAL_DATA_SIZE
                && map.maxEntries() == 1
                && map.flags() == 0
                && !map.isFrozen();
    }

    /** Nothing that a probe leaves alone is set. */
    private static boolean isPlain(NativeBuffer attr) {
        return (attr.getInt(PROG_FLAGS)
                                | attr.getInt(PROG_IFINDEX)
                                | attr.getInt(ATTACH_PROG_FD)
                                | attr.getInt(ATTACH_BTF_ID)
                                | attr.getInt(LINE_INFO_CNT)
                                | attr.getInt(CORE_RELO_CNT)
                                | attr.getInt(FD_ARRAY_CNT))
                        == 0
                && attr.getLong(SIGNATURE) == 0
                && attr.getLong(FD_ARRAY) == 0;
    }
}
