package org.bpfgate.command.internal.elf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.command.internal.program.ProgramSection;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a section says about the programs in it, the table {@code section_defs} of libbpf 1.8
 * ({@code src/libbpf.c}). Safe for use by several threads.
 */
final class SectionTypes {
    private static final char AUTOLOAD_OFF = '?';

    /**
     * One kind of program in a line: the type; the attach type, or {@code -} for none, with a question mark where a loader may leave it
     * out ({@code SEC_EXP_ATTACH_OPT}, and {@code tc/}, which were no attach points before libbpf 1.3); where what follows the slash names what to attach to ({@code SEC_ATTACH_BTF}), what libbpf puts
     * before that name to find it among the kernel's types, and an asterisk; a colon; the names of the sections. A name that ends in a plus stands for itself and
     * for everything that follows it behind a slash.
     */
    private static final String TABLE = """
            socket_filter -: socket
            sk_reuseport sk_reuseport_select_or_migrate: sk_reuseport/migrate
            sk_reuseport sk_reuseport_select: sk_reuseport
            kprobe -: kprobe+ uprobe+ uprobe.s+ kretprobe+ uretprobe+ uretprobe.s+ ksyscall+ kretsyscall+ usdt+
            kprobe -: usdt.s+
            kprobe trace_kprobe_multi: kprobe.multi+ kretprobe.multi+
            kprobe trace_kprobe_session: kprobe.session+
            kprobe trace_uprobe_multi: uprobe.multi+ uretprobe.multi+ uprobe.multi.s+ uretprobe.multi.s+
            kprobe trace_uprobe_session: uprobe.session+ uprobe.session.s+
            sched_cls tcx_ingress: tcx/ingress
            sched_cls tcx_egress: tcx/egress
            sched_cls tcx_ingress?: tc/ingress
            sched_cls tcx_egress?: tc/egress
            sched_cls -: tc classifier
            sched_act -: action
            sched_cls netkit_primary: netkit/primary
            sched_cls netkit_peer: netkit/peer
            tracepoint -: tracepoint+ tp+ tracepoint.s+ tp.s+
            raw_tracepoint -: raw_tracepoint+ raw_tp+ raw_tracepoint.s+ raw_tp.s+
            raw_tracepoint_writable -: raw_tracepoint.w+ raw_tp.w+
            tracing trace_raw_tp btf_trace_*: tp_btf+ tp_btf.s+
            tracing trace_fentry *: fentry+ fentry.s+
            tracing modify_return *: fmod_ret+ fmod_ret.s+
            tracing trace_fexit *: fexit+ fexit.s+
            tracing trace_fsession *: fsession+ fsession.s+
            tracing trace_fsession_multi: fsession.multi+ fsession.multi.s+
            tracing trace_fentry_multi: fentry.multi+ fentry.multi.s+
            tracing trace_fexit_multi: fexit.multi+ fexit.multi.s+
            ext -: freplace+
            lsm lsm_mac bpf_lsm_*: lsm+ lsm.s+
            lsm lsm_cgroup bpf_lsm_*: lsm_cgroup+
            tracing trace_iter bpf_iter_*: iter+ iter.s+
            syscall -: syscall
            xdp xdp_devmap: xdp.frags/devmap xdp/devmap
            xdp xdp_cpumap: xdp.frags/cpumap xdp/cpumap
            xdp xdp: xdp.frags
            xdp xdp?: xdp
            perf_event -: perf_event
            lwt_in -: lwt_in
            lwt_out -: lwt_out
            lwt_xmit -: lwt_xmit
            lwt_seg6local -: lwt_seg6local
            sock_ops cgroup_sock_ops?: sockops
            sk_skb sk_skb_stream_parser?: sk_skb/stream_parser
            sk_skb sk_skb_stream_verdict?: sk_skb/stream_verdict
            sk_skb sk_skb_verdict?: sk_skb/verdict
            sk_skb -: sk_skb
            sk_msg sk_msg_verdict?: sk_msg
            lirc_mode2 lirc_mode2?: lirc_mode2
            flow_dissector flow_dissector?: flow_dissector
            cgroup_skb cgroup_inet_ingress?: cgroup_skb/ingress
            cgroup_skb cgroup_inet_egress?: cgroup_skb/egress
            cgroup_skb -: cgroup/skb
            cgroup_sock cgroup_inet_sock_create: cgroup/sock_create
            cgroup_sock cgroup_inet_sock_release: cgroup/sock_release
            cgroup_sock cgroup_inet_sock_create?: cgroup/sock
            cgroup_sock cgroup_inet4_post_bind: cgroup/post_bind4
            cgroup_sock cgroup_inet6_post_bind: cgroup/post_bind6
            cgroup_sock_addr cgroup_inet4_bind: cgroup/bind4
            cgroup_sock_addr cgroup_inet6_bind: cgroup/bind6
            cgroup_sock_addr cgroup_inet4_connect: cgroup/connect4
            cgroup_sock_addr cgroup_inet6_connect: cgroup/connect6
            cgroup_sock_addr cgroup_unix_connect: cgroup/connect_unix
            cgroup_sock_addr cgroup_udp4_sendmsg: cgroup/sendmsg4
            cgroup_sock_addr cgroup_udp6_sendmsg: cgroup/sendmsg6
            cgroup_sock_addr cgroup_unix_sendmsg: cgroup/sendmsg_unix
            cgroup_sock_addr cgroup_udp4_recvmsg: cgroup/recvmsg4
            cgroup_sock_addr cgroup_udp6_recvmsg: cgroup/recvmsg6
            cgroup_sock_addr cgroup_unix_recvmsg: cgroup/recvmsg_unix
            cgroup_sock_addr cgroup_inet4_getpeername: cgroup/getpeername4
            cgroup_sock_addr cgroup_inet6_getpeername: cgroup/getpeername6
            cgroup_sock_addr cgroup_unix_getpeername: cgroup/getpeername_unix
            cgroup_sock_addr cgroup_inet4_getsockname: cgroup/getsockname4
            cgroup_sock_addr cgroup_inet6_getsockname: cgroup/getsockname6
            cgroup_sock_addr cgroup_unix_getsockname: cgroup/getsockname_unix
            cgroup_sysctl cgroup_sysctl: cgroup/sysctl
            cgroup_sockopt cgroup_getsockopt: cgroup/getsockopt
            cgroup_sockopt cgroup_setsockopt: cgroup/setsockopt
            cgroup_device cgroup_device?: cgroup/dev
            struct_ops -: struct_ops+ struct_ops.s+
            sk_lookup sk_lookup: sk_lookup
            netfilter netfilter: netfilter
            """;

    private static final Map<String, ProgramSection> EXACT = new HashMap<>();
    private static final Map<String, ProgramSection> BEFORE_SLASH = new HashMap<>();
    private static final Map<String, String> TARGETS = new HashMap<>();

    static {
        TABLE.lines().forEach(SectionTypes::addLine);
    }

    private SectionTypes() {}

    private static void addLine(String line) {
        int colon = line.indexOf(':');
        String[] kind = line.substring(0, colon).split(" ", -1);
        String attach = kind[1].replace("?", "");
        AttachType attachType = AttachType.byLabel(attach);
        ProgramSection section = new ProgramSection(
                ProgramType.byLabel(kind[0]).orElseThrow(),
                attachType == null ? 0 : attachType.number(),
                !kind[1].equals(attach),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        for (String name : line.substring(colon + 2).split(" ", -1)) {
            if (name.endsWith("+")) {
                String stem = name.substring(0, name.length() - 1);
                BEFORE_SLASH.put(stem, section);
                if (kind.length > 2) {
                    TARGETS.put(stem, kind[2].replace("*", ""));
                }
            } else {
                EXACT.put(name, section);
            }
        }
    }

    /**
     * Returns what is known of the programs in a section.
     *
     * @param section its name; a leading question mark, which tells loaders not to load it unasked, makes no difference
     * @return what has no type for a name that libbpf does not know
     */
    static ProgramSection of(String section) {
        String name = !section.isEmpty() && section.charAt(0) == AUTOLOAD_OFF ? section.substring(1) : section;
        ProgramSection exact = EXACT.get(name);
        if (exact != null) {
            return exact;
        }
        ProgramSection known = beforeSlash(name);
        return known == null ? ProgramSection.unknown(section) : known;
    }

    private static @Nullable ProgramSection beforeSlash(String name) {
        int slash = name.indexOf('/');
        String stem = slash < 0 ? name : name.substring(0, slash);
        ProgramSection section = BEFORE_SLASH.get(stem);
        if (section == null) {
            return null;
        }
        String prefix = TARGETS.get(stem);
        return slash < 0 || prefix == null ? section : section.withTarget(target(prefix, name.substring(slash + 1)));
    }

    /** Behind a colon stands the name of the function in the module before it. */
    private static @Nullable String target(String prefix, String extras) {
        String function = extras.substring(extras.indexOf(':') + 1);
        return function.isEmpty() ? null : prefix + function;
    }
}
