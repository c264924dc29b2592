package org.bpfgate.program;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of BPF program, {@code enum bpf_prog_type} of {@code include/uapi/linux/bpf.h}. The declaration order is the
 * kernel's.
 */
public enum ProgramType {
    UNSPEC("unspec"),
    SOCKET_FILTER("socket_filter"),
    KPROBE("kprobe"),
    SCHED_CLS("sched_cls"),
    SCHED_ACT("sched_act"),
    TRACEPOINT("tracepoint"),
    XDP("xdp"),
    PERF_EVENT("perf_event"),
    CGROUP_SKB("cgroup_skb"),
    CGROUP_SOCK("cgroup_sock"),
    LWT_IN("lwt_in"),
    LWT_OUT("lwt_out"),
    LWT_XMIT("lwt_xmit"),
    SOCK_OPS("sock_ops"),
    SK_SKB("sk_skb"),
    CGROUP_DEVICE("cgroup_device"),
    SK_MSG("sk_msg"),
    RAW_TRACEPOINT("raw_tracepoint"),
    CGROUP_SOCK_ADDR("cgroup_sock_addr"),
    LWT_SEG6LOCAL("lwt_seg6local"),
    LIRC_MODE2("lirc_mode2"),
    SK_REUSEPORT("sk_reuseport"),
    FLOW_DISSECTOR("flow_dissector"),
    CGROUP_SYSCTL("cgroup_sysctl"),
    RAW_TRACEPOINT_WRITABLE("raw_tracepoint_writable"),
    CGROUP_SOCKOPT("cgroup_sockopt"),
    TRACING("tracing"),
    STRUCT_OPS("struct_ops"),
    EXT("ext"),
    LSM("lsm"),
    SK_LOOKUP("sk_lookup"),
    SYSCALL("syscall"),
    NETFILTER("netfilter");

    private static final Map<String, ProgramType> BY_LABEL = new HashMap<>();

    static {
        for (ProgramType type : values()) {
            BY_LABEL.put(type.label, type);
        }
    }

    private final String label;

    ProgramType(String label) {
        this.label = label;
    }

    /** Returns its number in the kernel. */
    @SuppressWarnings("EnumOrdinal") // The declaration order is the kernel's, which never changes.
    public int number() {
        return ordinal();
    }

    /** Returns the name that bpftool prints, such as {@code xdp} or {@code sched_cls}. */
    public String label() {
        return label;
    }

    /** Returns whether loading it takes {@code CAP_NET_ADMIN}: {@code is_net_admin_prog_type()} of {@code kernel/bpf/syscall.c}. */
    public boolean needsNetAdmin() {
        return switch (this) {
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
                    NETFILTER,
                    EXT -> true;
            default -> false;
        };
    }

    /** Returns whether loading it takes {@code CAP_PERFMON}: {@code is_perfmon_prog_type()} of {@code kernel/bpf/syscall.c}. */
    public boolean needsPerfmon() {
        return switch (this) {
            case KPROBE,
                    TRACEPOINT,
                    PERF_EVENT,
                    RAW_TRACEPOINT,
                    RAW_TRACEPOINT_WRITABLE,
                    TRACING,
                    LSM,
                    STRUCT_OPS,
                    EXT -> true;
            default -> false;
        };
    }

    /**
     * Finds a type by the name that bpftool prints.
     *
     * @param label the name, in lower case
     * @return the type, or empty when no program type has that name
     */
    public static Optional<ProgramType> byLabel(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }
}
