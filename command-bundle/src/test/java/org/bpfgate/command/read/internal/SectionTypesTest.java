package org.bpfgate.command.read.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.program.ProgramType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTypesTest {
    @ParameterizedTest
    @CsvSource({
        "xdp, XDP",
        "?xdp, XDP",
        "xdp.frags, XDP",
        "xdp/devmap, XDP",
        "xdp/other, UNSPEC",
        "xdp_prog, UNSPEC",
        "tc, SCHED_CLS",
        "tcx/ingress, SCHED_CLS",
        "tcx, UNSPEC",
        "action, SCHED_ACT",
        "kprobe, KPROBE",
        "kprobe/do_unlinkat, KPROBE",
        "kprobe_do_unlinkat, UNSPEC",
        "kprobe.multi/tcp_*, KPROBE",
        "uprobe//usr/lib/libc.so.6:malloc, KPROBE",
        "uretprobe.s//bin/true:main, KPROBE",
        "usdt//bin/true:a:b, KPROBE",
        "tp/sched/sched_switch, TRACEPOINT",
        "tracepoint/sched/sched_switch, TRACEPOINT",
        "raw_tp/sched_switch, RAW_TRACEPOINT",
        "raw_tp.w/sched_switch, RAW_TRACEPOINT_WRITABLE",
        "tp_btf/sched_switch, TRACING",
        "fentry.s/vfs_read, TRACING",
        "iter/task, TRACING",
        "freplace/function, EXT",
        "lsm/bpf, LSM",
        "lsm_cgroup/socket_bind, LSM",
        "struct_ops/init, STRUCT_OPS",
        "syscall, SYSCALL",
        "syscall/x, UNSPEC",
        "cgroup_skb/ingress, CGROUP_SKB",
        "cgroup/skb, CGROUP_SKB",
        "cgroup/connect4, CGROUP_SOCK_ADDR",
        "cgroup/sock_create, CGROUP_SOCK",
        "cgroup/dev, CGROUP_DEVICE",
        "cgroup/nothing, UNSPEC",
        "sk_msg, SK_MSG",
        "sk_skb/stream_parser, SK_SKB",
        "sk_reuseport/migrate, SK_REUSEPORT",
        "netfilter, NETFILTER",
        "'', UNSPEC",
        "?, UNSPEC",
        "my_own, UNSPEC",
    })
    void aSectionNameTellsTheType(String section, ProgramType type) {
        assertThat(SectionTypes.typeOf(section)).isEqualTo(type);
    }
}
