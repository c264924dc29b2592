package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words that other tools use for program types and attach types: names of sections, options of tc, constants in C. */
public final class Synonyms {
    /** Section names of libbpf and words of iproute2 for the types of {@code bpftool prog}. */
    private static final Map<String, String> PROGRAM_TYPES = Map.ofEntries(
            Map.entry("tc", "sched_cls"),
            Map.entry("tcx", "sched_cls"),
            Map.entry("netkit", "sched_cls"),
            Map.entry("classifier", "sched_cls"),
            Map.entry("action", "sched_act"),
            Map.entry("socket", "socket_filter"),
            Map.entry("kretprobe", "kprobe"),
            Map.entry("uprobe", "kprobe"),
            Map.entry("uretprobe", "kprobe"),
            Map.entry("usdt", "kprobe"),
            Map.entry("ksyscall", "kprobe"),
            Map.entry("tp", "tracepoint"),
            Map.entry("raw_tp", "raw_tracepoint"),
            Map.entry("tp_btf", "tracing"),
            Map.entry("fentry", "tracing"),
            Map.entry("fexit", "tracing"),
            Map.entry("fmod_ret", "tracing"),
            Map.entry("iter", "tracing"),
            Map.entry("freplace", "ext"),
            Map.entry("cgroup", "cgroup_skb"),
            Map.entry("sockops", "sock_ops"),
            Map.entry("lsm_cgroup", "lsm"));

    /** The same for {@code enum bpf_attach_type}. */
    private static final Map<String, String> ATTACH_TYPES = Map.ofEntries(
            Map.entry("lsm", "lsm_mac"),
            Map.entry("tc", "tcx_ingress"),
            Map.entry("tcx", "tcx_ingress"),
            Map.entry("netkit", "netkit_primary"),
            Map.entry("fentry", "trace_fentry"),
            Map.entry("fexit", "trace_fexit"),
            Map.entry("fmod_ret", "modify_return"),
            Map.entry("iter", "trace_iter"),
            Map.entry("raw_tp", "trace_raw_tp"),
            Map.entry("tp_btf", "trace_raw_tp"),
            Map.entry("kprobe_multi", "trace_kprobe_multi"),
            Map.entry("uprobe_multi", "trace_uprobe_multi"),
            Map.entry("kprobe_session", "trace_kprobe_session"),
            Map.entry("sockops", "cgroup_sock_ops"),
            Map.entry("sock_ops", "cgroup_sock_ops"),
            Map.entry("connect4", "cgroup_inet4_connect"),
            Map.entry("connect6", "cgroup_inet6_connect"),
            Map.entry("bind4", "cgroup_inet4_bind"),
            Map.entry("bind6", "cgroup_inet6_bind"));

    private Synonyms() {}

    /** Returns the word of the language for another word; null when there is none. */
    public static @Nullable String of(PropertyKey property, String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return switch (property) {
            case BPF_PROG_TYPE -> PROGRAM_TYPES.get(word.replaceFirst("^bpf_prog_type_", ""));
            case BPF_ATTACH_TYPE -> ATTACH_TYPES.get(word.replaceFirst("^bpf_", ""));
            default -> null;
        };
    }
}
