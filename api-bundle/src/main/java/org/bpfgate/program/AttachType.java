package org.bpfgate.program;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a program is to be attached, {@code enum bpf_attach_type} of {@code include/uapi/linux/bpf.h} as libbpf 1.8 has it
 * (July 2026), without {@code BPF_}. The declaration order is the kernel's. Linux 6.18 ends with {@link #TRACE_UPROBE_SESSION}.
 */
public enum AttachType {
    CGROUP_INET_INGRESS,
    CGROUP_INET_EGRESS,
    CGROUP_INET_SOCK_CREATE,
    CGROUP_SOCK_OPS,
    SK_SKB_STREAM_PARSER,
    SK_SKB_STREAM_VERDICT,
    CGROUP_DEVICE,
    SK_MSG_VERDICT,
    CGROUP_INET4_BIND,
    CGROUP_INET6_BIND,
    CGROUP_INET4_CONNECT,
    CGROUP_INET6_CONNECT,
    CGROUP_INET4_POST_BIND,
    CGROUP_INET6_POST_BIND,
    CGROUP_UDP4_SENDMSG,
    CGROUP_UDP6_SENDMSG,
    LIRC_MODE2,
    FLOW_DISSECTOR,
    CGROUP_SYSCTL,
    CGROUP_UDP4_RECVMSG,
    CGROUP_UDP6_RECVMSG,
    CGROUP_GETSOCKOPT,
    CGROUP_SETSOCKOPT,
    TRACE_RAW_TP,
    TRACE_FENTRY,
    TRACE_FEXIT,
    MODIFY_RETURN,
    LSM_MAC,
    TRACE_ITER,
    CGROUP_INET4_GETPEERNAME,
    CGROUP_INET6_GETPEERNAME,
    CGROUP_INET4_GETSOCKNAME,
    CGROUP_INET6_GETSOCKNAME,
    XDP_DEVMAP,
    CGROUP_INET_SOCK_RELEASE,
    XDP_CPUMAP,
    SK_LOOKUP,
    XDP,
    SK_SKB_VERDICT,
    SK_REUSEPORT_SELECT,
    SK_REUSEPORT_SELECT_OR_MIGRATE,
    PERF_EVENT,
    TRACE_KPROBE_MULTI,
    LSM_CGROUP,
    STRUCT_OPS,
    NETFILTER,
    TCX_INGRESS,
    TCX_EGRESS,
    TRACE_UPROBE_MULTI,
    CGROUP_UNIX_CONNECT,
    CGROUP_UNIX_SENDMSG,
    CGROUP_UNIX_RECVMSG,
    CGROUP_UNIX_GETPEERNAME,
    CGROUP_UNIX_GETSOCKNAME,
    NETKIT_PRIMARY,
    NETKIT_PEER,
    TRACE_KPROBE_SESSION,
    TRACE_UPROBE_SESSION,
    TRACE_FSESSION,
    TRACE_FENTRY_MULTI,
    TRACE_FEXIT_MULTI,
    TRACE_FSESSION_MULTI;

    private static final AttachType[] BY_NUMBER = values();
    private static final Map<String, AttachType> BY_LABEL = new HashMap<>();

    static {
        for (AttachType type : BY_NUMBER) {
            BY_LABEL.put(type.label, type);
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name that policies and lists use, such as {@code tcx_ingress}. */
    public String label() {
        return label;
    }

    /** Returns its number in the kernel. */
    @SuppressWarnings("EnumOrdinal") // The declaration order is the kernel's, which never changes.
    public int number() {
        return ordinal();
    }

    /** Returns the type with a number; null for a number that is not in this table. */
    public static @Nullable AttachType byNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** Returns the type with a name, see {@link #label()}; null for a name that is not in this table. */
    public static @Nullable AttachType byLabel(String label) {
        return BY_LABEL.get(label);
    }
}
