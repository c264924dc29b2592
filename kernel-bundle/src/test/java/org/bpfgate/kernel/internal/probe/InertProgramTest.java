package org.bpfgate.kernel.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InertProgramTest {
    private static String code(ProgramType type, int attachType) {
        return HexFormat.of().formatHex(InertProgram.of(type, attachType));
    }

    /** The values of the kernel's headers: XDP_PASS 2, TC_ACT_UNSPEC -1, SK_PASS 1, BPF_FLOW_DISSECTOR_CONTINUE 129. */
    @ParameterizedTest
    @CsvSource({
        "xdp, 02000000",
        "sched_cls, ffffffff",
        "socket_filter, ffffffff",
        "cgroup_skb, 01000000",
        "cgroup_device, 01000000",
        "sk_lookup, 01000000",
        "netfilter, 01000000",
        "flow_dissector, 81000000",
        "kprobe, 01000000",
        "tracepoint, 01000000",
        "perf_event, 01000000",
        "raw_tracepoint, 00000000",
        "tracing, 00000000",
        "lsm, 00000000"
    })
    void itReturnsWhatChangesNothing(String type, String value) {
        assertThat(code(ProgramType.byLabel(type).orElseThrow(), 0)).isEqualTo("b7000000" + value + "9500000000000000");
    }

    @ParameterizedTest
    @CsvSource({"LSM_CGROUP, 01000000", "LSM_MAC, 00000000"})
    void anLsmProgramOfACgroupAllowsByOne(AttachType attach, String value) {
        assertThat(code(ProgramType.LSM, AttachTypes.number(attach)))
                .isEqualTo("b7000000" + value + "9500000000000000");
    }

    @Test
    void aSessionGoesOnByZero() {
        assertThat(code(ProgramType.KPROBE, AttachTypes.number(AttachType.TRACE_KPROBE_SESSION)))
                .isEqualTo("b7000000" + "00000000" + "9500000000000000");
    }

    /** A program that replaces a function of a listed one would change what that does. */
    @ParameterizedTest
    @CsvSource({"ext, socket_filter", "struct_ops, socket_filter", "xdp, xdp", "tracing, tracing"})
    void whereNoValueChangesNothingItIsASocketFilter(String type, String inert) {
        assertThat(InertProgram.typeFor(ProgramType.byLabel(type).orElseThrow()).label())
                .isEqualTo(inert);
    }

    /** What is inert already is handed over as it is; what would drop or refuse something is not. */
    @ParameterizedTest
    @CsvSource({
        "kprobe, b700000000000000 9500000000000000, false",
        "kprobe, b700000001000000 9500000000000000, true",
        "raw_tracepoint, b700000000000000 9500000000000000, true",
        "socket_filter, b700000000000000 9500000000000000, true",
        "ext, b700000000000000 9500000000000000, false",
        "struct_ops, b7000000ffffffff 9500000000000000, false",
        "xdp, b700000000000000 9500000000000000, false",
        "xdp, b700000002000000 9500000000000000, true",
        "cgroup_skb, b700000000000000 9500000000000000, false",
        "kprobe, 8500000005000000 9500000000000000, false"
    })
    void aProgramIsInertOrNot(String type, String code, boolean inert) {
        byte[] bytes = HexFormat.of().parseHex(code.replace(" ", ""));
        assertThat(InertProgram.isInert(ProgramType.byLabel(type).orElseThrow(), 0, bytes))
                .isEqualTo(inert);
    }
}
