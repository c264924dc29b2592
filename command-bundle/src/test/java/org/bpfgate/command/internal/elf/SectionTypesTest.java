package org.bpfgate.command.internal.elf;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.command.internal.program.ProgramSection;
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
        "tp.s/syscalls/sys_enter_read, TRACEPOINT",
        "tracepoint.s/syscalls/sys_enter_read, TRACEPOINT",
        "raw_tp.s/sys_enter, RAW_TRACEPOINT",
        "raw_tracepoint.s, RAW_TRACEPOINT",
        "tp_btf.s/sys_enter, TRACING",
        "fsession/vfs_read, TRACING",
        "fsession.multi.s, TRACING",
        "fentry.multi/tcp_*, TRACING",
        "fexit.multi.s, TRACING",
        "tp.x/a/b, UNSPEC",
    })
    void aSectionNameTellsTheType(String section, ProgramType type) {
        assertThat(SectionTypes.of(section).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "xdp, 37, true, '', ''",
        "xdp.frags, 37, false, '', xdp",
        "tc/ingress, 46, true, '', ''",
        "tcx/ingress, 46, false, '', tcx_ingress",
        "kprobe/do_unlinkat, 0, false, '', ''",
        "kprobe.multi/tcp_*, 42, false, '', trace_kprobe_multi",
        "fentry/vfs_read, 24, false, vfs_read, trace_fentry:vfs_read",
        "fentry.s/ext4:ext4_sync_file, 24, false, ext4_sync_file, trace_fentry:ext4_sync_file",
        "fentry, 24, false, '', trace_fentry",
        "fentry/, 24, false, '', trace_fentry",
        "fmod_ret/bpf_modify_return_test, 26, false, bpf_modify_return_test, modify_return:bpf_modify_return_test",
        "?lsm/file_open, 27, false, bpf_lsm_file_open, lsm_mac:bpf_lsm_file_open",
        "lsm_cgroup/socket_bind, 43, false, bpf_lsm_socket_bind, lsm_cgroup:bpf_lsm_socket_bind",
        "tp_btf/sched_switch, 23, false, btf_trace_sched_switch, trace_raw_tp:btf_trace_sched_switch",
        "iter/task, 28, false, bpf_iter_task, trace_iter:bpf_iter_task",
        "freplace/f, 0, false, '', ''",
        "fsession.multi, 61, false, '', trace_fsession_multi",
        "cgroup/connect4, 10, false, '', cgroup_inet4_connect",
        "cgroup_skb/egress, 1, true, '', ''",
        "my_own, 0, false, '', ''",
    })
    void aSectionNameTellsTheWayOfAttaching(String name, int attach, boolean optional, String target, String listed) {
        ProgramSection section = SectionTypes.of(name);
        assertThat(section.attach()).isEqualTo(attach);
        assertThat(section.optional()).isEqualTo(optional);
        assertThat(section.target().orElse("")).isEqualTo(target);
        assertThat(section.listed().map(way -> way.text(section.type())).orElse(""))
                .isEqualTo(listed);
    }
}
