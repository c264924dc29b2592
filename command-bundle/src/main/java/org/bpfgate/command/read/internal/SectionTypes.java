package org.bpfgate.command.read.internal;

import org.bpfgate.program.ProgramType;

/**
 * The types of programs by the names of their sections, the table {@code section_defs} of libbpf. A name that ends in
 * {@code +} stands for itself and for everything that follows it behind a slash.
 */
final class SectionTypes {
    private static final char AUTOLOAD_OFF = '?';

    private SectionTypes() {}

    /**
     * Returns the type of the programs in a section.
     *
     * @param section its name; a leading question mark, which tells loaders not to load it unasked, makes no difference
     * @return the type; {@link ProgramType#UNSPEC} for a name that libbpf does not know
     */
    static ProgramType typeOf(String section) {
        String name = !section.isEmpty() && section.charAt(0) == AUTOLOAD_OFF ? section.substring(1) : section;
        ProgramType exact = exactly(name);
        return exact != ProgramType.UNSPEC ? exact : beforeSlash(name);
    }

    /** The names without a plus: what follows a slash is a part of the name. */
    private static ProgramType exactly(String name) {
        return switch (name) {
            case "socket" -> ProgramType.SOCKET_FILTER;
            case "sk_reuseport", "sk_reuseport/migrate" -> ProgramType.SK_REUSEPORT;
            case "tc", "tc/ingress", "tc/egress", "tcx/ingress", "tcx/egress" -> ProgramType.SCHED_CLS;
            case "classifier", "netkit/primary", "netkit/peer" -> ProgramType.SCHED_CLS;
            case "action" -> ProgramType.SCHED_ACT;
            case "syscall" -> ProgramType.SYSCALL;
            case "xdp", "xdp/devmap", "xdp/cpumap" -> ProgramType.XDP;
            case "xdp.frags", "xdp.frags/devmap", "xdp.frags/cpumap" -> ProgramType.XDP;
            case "perf_event" -> ProgramType.PERF_EVENT;
            case "lwt_in" -> ProgramType.LWT_IN;
            case "lwt_out" -> ProgramType.LWT_OUT;
            case "lwt_xmit" -> ProgramType.LWT_XMIT;
            case "lwt_seg6local" -> ProgramType.LWT_SEG6LOCAL;
            case "sockops" -> ProgramType.SOCK_OPS;
            case "sk_skb", "sk_skb/stream_parser", "sk_skb/stream_verdict", "sk_skb/verdict" -> ProgramType.SK_SKB;
            case "sk_msg" -> ProgramType.SK_MSG;
            case "lirc_mode2" -> ProgramType.LIRC_MODE2;
            case "flow_dissector" -> ProgramType.FLOW_DISSECTOR;
            case "sk_lookup" -> ProgramType.SK_LOOKUP;
            case "netfilter" -> ProgramType.NETFILTER;
            default -> name.startsWith("cgroup") ? ofControlGroup(name) : ProgramType.UNSPEC;
        };
    }

    private static ProgramType ofControlGroup(String name) {
        return switch (name) {
            case "cgroup_skb/ingress", "cgroup_skb/egress", "cgroup/skb" -> ProgramType.CGROUP_SKB;
            case "cgroup/sock", "cgroup/sock_create", "cgroup/sock_release" -> ProgramType.CGROUP_SOCK;
            case "cgroup/post_bind4", "cgroup/post_bind6" -> ProgramType.CGROUP_SOCK;
            case "cgroup/bind4", "cgroup/bind6" -> ProgramType.CGROUP_SOCK_ADDR;
            case "cgroup/connect4", "cgroup/connect6", "cgroup/connect_unix" -> ProgramType.CGROUP_SOCK_ADDR;
            case "cgroup/sendmsg4", "cgroup/sendmsg6", "cgroup/sendmsg_unix" -> ProgramType.CGROUP_SOCK_ADDR;
            case "cgroup/recvmsg4", "cgroup/recvmsg6", "cgroup/recvmsg_unix" -> ProgramType.CGROUP_SOCK_ADDR;
            case "cgroup/getpeername4", "cgroup/getpeername6", "cgroup/getpeername_unix" ->
                ProgramType.CGROUP_SOCK_ADDR;
            case "cgroup/getsockname4", "cgroup/getsockname6", "cgroup/getsockname_unix" ->
                ProgramType.CGROUP_SOCK_ADDR;
            case "cgroup/sysctl" -> ProgramType.CGROUP_SYSCTL;
            case "cgroup/getsockopt", "cgroup/setsockopt" -> ProgramType.CGROUP_SOCKOPT;
            case "cgroup/dev" -> ProgramType.CGROUP_DEVICE;
            default -> ProgramType.UNSPEC;
        };
    }

    /** The names with a plus: what follows a slash says where to attach. */
    private static ProgramType beforeSlash(String name) {
        int slash = name.indexOf('/');
        return switch (slash < 0 ? name : name.substring(0, slash)) {
            case "kprobe", "kretprobe", "kprobe.multi", "kretprobe.multi", "kprobe.session" -> ProgramType.KPROBE;
            case "uprobe", "uprobe.s", "uretprobe", "uretprobe.s" -> ProgramType.KPROBE;
            case "uprobe.multi", "uprobe.multi.s", "uretprobe.multi", "uretprobe.multi.s" -> ProgramType.KPROBE;
            case "uprobe.session", "uprobe.session.s" -> ProgramType.KPROBE;
            case "ksyscall", "kretsyscall", "usdt", "usdt.s" -> ProgramType.KPROBE;
            case "tracepoint", "tp" -> ProgramType.TRACEPOINT;
            case "raw_tracepoint", "raw_tp" -> ProgramType.RAW_TRACEPOINT;
            case "raw_tracepoint.w", "raw_tp.w" -> ProgramType.RAW_TRACEPOINT_WRITABLE;
            case "tp_btf", "fentry", "fentry.s", "fexit", "fexit.s" -> ProgramType.TRACING;
            case "fmod_ret", "fmod_ret.s", "iter", "iter.s" -> ProgramType.TRACING;
            case "freplace" -> ProgramType.EXT;
            case "lsm", "lsm.s", "lsm_cgroup" -> ProgramType.LSM;
            case "struct_ops", "struct_ops.s" -> ProgramType.STRUCT_OPS;
            default -> ProgramType.UNSPEC;
        };
    }
}
