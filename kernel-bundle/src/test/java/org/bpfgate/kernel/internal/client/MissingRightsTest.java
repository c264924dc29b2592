package org.bpfgate.kernel.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which capability is named: those that {@code bpf_prog_load()} of {@code kernel/bpf/syscall.c} asks for by type. */
class MissingRightsTest {
    private static String missing(ProgramType type, int errno, int... capabilities) {
        long mask = 0;
        for (int capability : capabilities) {
            mask |= 1L << capability;
        }
        SyscallException refusal = new SyscallException("bpf(PROG_LOAD)", errno, 0);
        return String.valueOf(MissingRights.explain(refusal, mask, type).getMessage());
    }

    /** {@code is_net_admin_prog_type()} and {@code is_perfmon_prog_type()} of the kernel say which type needs what. */
    @ParameterizedTest
    @CsvSource({
        "SOCKET_FILTER, ''",
        "CGROUP_SKB, ''",
        "SK_REUSEPORT, ''",
        "SK_LOOKUP, ''",
        "SYSCALL, ''",
        "UNSPEC, ''",
        "KPROBE, CAP_PERFMON",
        "TRACEPOINT, CAP_PERFMON",
        "PERF_EVENT, CAP_PERFMON",
        "RAW_TRACEPOINT, CAP_PERFMON",
        "RAW_TRACEPOINT_WRITABLE, CAP_PERFMON",
        "TRACING, CAP_PERFMON",
        "LSM, CAP_PERFMON",
        "STRUCT_OPS, CAP_PERFMON",
        "SCHED_CLS, CAP_NET_ADMIN",
        "SCHED_ACT, CAP_NET_ADMIN",
        "XDP, CAP_NET_ADMIN",
        "LWT_IN, CAP_NET_ADMIN",
        "LWT_OUT, CAP_NET_ADMIN",
        "LWT_XMIT, CAP_NET_ADMIN",
        "LWT_SEG6LOCAL, CAP_NET_ADMIN",
        "SK_SKB, CAP_NET_ADMIN",
        "SK_MSG, CAP_NET_ADMIN",
        "LIRC_MODE2, CAP_NET_ADMIN",
        "FLOW_DISSECTOR, CAP_NET_ADMIN",
        "CGROUP_DEVICE, CAP_NET_ADMIN",
        "CGROUP_SOCK, CAP_NET_ADMIN",
        "CGROUP_SOCK_ADDR, CAP_NET_ADMIN",
        "CGROUP_SOCKOPT, CAP_NET_ADMIN",
        "CGROUP_SYSCTL, CAP_NET_ADMIN",
        "SOCK_OPS, CAP_NET_ADMIN",
        "NETFILTER, CAP_NET_ADMIN",
        "EXT, CAP_NET_ADMIN",
    })
    void whoHasCapBpfLacksWhatTheTypeNeeds(ProgramType type, String capability) {
        String message = missing(type, Errnos.EPERM, Capabilities.BPF);
        if (capability.isEmpty()) {
            assertThat(message).doesNotContain("lacks");
        } else {
            assertThat(message).contains("the client lacks " + capability + ",");
        }
        assertThat(missing(type, Errnos.EPERM)).contains("the client lacks CAP_BPF (or CAP_SYS_ADMIN)");
        assertThat(missing(type, Errnos.EPERM, Capabilities.SYS_ADMIN)).doesNotContain("lacks");
        assertThat(missing(type, Errnos.EPERM, Capabilities.BPF, Capabilities.PERFMON, Capabilities.NET_ADMIN))
                .doesNotContain("lacks");
    }

    @Test
    void aProgramThatExtendsAnyOtherNeedsTheRightsForAll() {
        assertThat(missing(ProgramType.EXT, Errnos.EPERM, Capabilities.BPF, Capabilities.NET_ADMIN))
                .contains("the client lacks CAP_PERFMON,");
    }

    @Test
    void anotherErrorIsNoQuestionOfRights() {
        assertThat(missing(ProgramType.XDP, Errnos.EINVAL)).doesNotContain("lacks");
    }

    /** {@code map_create()}, {@code bpf_prog_get_fd_by_id()}, {@code bpf_token_create()} of the kernel say which command needs what. */
    @ParameterizedTest
    @CsvSource({
        "MAP_CREATE,        EPERM,  '',         'CAP_BPF (or CAP_SYS_ADMIN)'",
        "MAP_CREATE,        EPERM,  BPF,        'CAP_NET_ADMIN, which maps of sockets and devices need'",
        "MAP_CREATE,        EPERM,  SYS_ADMIN,  ''",
        "MAP_CREATE,        EINVAL, '',         ''",
        "PROG_GET_FD_BY_ID, EPERM,  BPF,        'CAP_SYS_ADMIN, without which nobody gets a descriptor by its id'",
        "PROG_GET_FD_BY_ID, EPERM,  SYS_ADMIN,  ''",
        "PROG_GET_FD_BY_ID, ENOENT, '',         ''",
        "MAP_GET_FD_BY_ID,  EPERM,  '',         'CAP_SYS_ADMIN, without which nobody gets a descriptor by its id'",
        "TOKEN_CREATE,      EPERM,  '',         'CAP_BPF (or CAP_SYS_ADMIN)'",
        "TOKEN_CREATE,      EPERM,  BPF,        ''",
        "OBJ_GET,           EPERM,  '',         ''",
    })
    void otherCommandsNameWhatTheyNeed(BpfCommand command, String errno, String capability, String missing) {
        int number = errno.equals("EPERM") ? Errnos.EPERM : errno.equals("ENOENT") ? Errnos.ENOENT : Errnos.EINVAL;
        long mask =
                capability.isEmpty() ? 0 : 1L << (capability.equals("BPF") ? Capabilities.BPF : Capabilities.SYS_ADMIN);
        SyscallException refusal = new SyscallException("bpf", number, 0);
        SyscallException explained = MissingRights.explain(refusal, mask, command);
        assertThat(explained.errno()).isEqualTo(number);
        assertThat(explained.command()).isEqualTo(missing.isEmpty() ? "bpf" : "bpf, the client lacks " + missing);
    }
}
