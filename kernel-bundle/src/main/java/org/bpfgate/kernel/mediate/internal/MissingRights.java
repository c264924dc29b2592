package org.bpfgate.kernel.mediate.internal;

import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.program.ProgramType;

/**
 * Names the capability without which the kernel refuses a load. What is needed is what {@code bpf_prog_load()} of {@code
 * kernel/bpf/syscall.c} asks for, by type in its {@code is_net_admin_prog_type()} and {@code is_perfmon_prog_type()}; {@code
 * CAP_SYS_ADMIN} stands for each of them.
 */
final class MissingRights {
    private MissingRights() {}

    /**
     * Returns a refusal with its reason.
     *
     * @param refusal any refusal; one that is not {@code EPERM} is returned as it is
     * @param capabilities those of the client that count here, bit n for capability n
     */
    static SyscallException explain(SyscallException refusal, long capabilities, ProgramType type) {
        String missing = refusal.errno() == Errnos.EPERM ? missing(capabilities, type) : "";
        return missing.isEmpty()
                ? refusal
                : new SyscallException(
                        refusal.command() + ", the client lacks " + missing, refusal.errno(), refusal.size());
    }

    private static String missing(long capabilities, ProgramType type) {
        if (has(capabilities, Capabilities.SYS_ADMIN)) {
            return "";
        }
        if (!has(capabilities, Capabilities.BPF)) {
            return "CAP_BPF (or CAP_SYS_ADMIN), without which nobody loads such a program";
        }
        return switch (type) {
            case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, TRACING, LSM, STRUCT_OPS ->
                perfmon(capabilities);
            case SCHED_CLS,
                    SCHED_ACT,
                    XDP,
                    LWT_IN,
                    LWT_OUT,
                    LWT_XMIT,
                    LWT_SEG6LOCAL,
                    SK_SKB,
                    SK_MSG,
                    LIRC_MODE2,
                    FLOW_DISSECTOR,
                    CGROUP_DEVICE,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_SOCKOPT,
                    CGROUP_SYSCTL,
                    SOCK_OPS,
                    NETFILTER -> netAdmin(capabilities);
            case EXT -> {
                String missing = netAdmin(capabilities);
                yield missing.isEmpty() ? perfmon(capabilities) : missing;
            }
            default -> "";
        };
    }

    private static String perfmon(long capabilities) {
        return has(capabilities, Capabilities.PERFMON) ? "" : "CAP_PERFMON, which programs that trace need";
    }

    private static String netAdmin(long capabilities) {
        return has(capabilities, Capabilities.NET_ADMIN) ? "" : "CAP_NET_ADMIN, which programs for the network need";
    }

    private static boolean has(long capabilities, int capability) {
        return (capabilities & (1L << capability)) != 0;
    }
}
