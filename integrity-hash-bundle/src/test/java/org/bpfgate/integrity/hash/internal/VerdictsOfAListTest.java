package org.bpfgate.integrity.hash.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.UNEXPECTED;
import static org.bpfgate.integrity.IntegrityVerdict.UNSIGNED;
import static org.bpfgate.program.ProgramType.SCHED_CLS;
import static org.bpfgate.program.ProgramType.XDP;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictsOfAListTest {
    private static final Instructions LISTED = Lists.returning(1);
    private static final Instructions OTHER = Lists.returning(2);
    private static final String UNTYPED = Lists.hex(LISTED) + "  count";
    private static final String TYPED = UNTYPED + " # type=xdp";
    private static final String LONG = "count_packets_of_everybody";

    static Stream<Arguments> verdicts() {
        return Stream.of(
                arguments(TYPED, "count", XDP, LISTED, OK, "listed: name count type xdp in list allowlist:1"),
                arguments(UNTYPED, "count", XDP, LISTED, OK, "listed: name count in list allowlist:1"),
                arguments(TYPED, "other", XDP, LISTED, OK, "listed: name count type xdp in list allowlist:1"),
                arguments(
                        UNTYPED + " # source=a b",
                        "",
                        XDP,
                        LISTED,
                        OK,
                        "listed: name count in list allowlist:1, source a b"),
                arguments(
                        "#\n" + TYPED + "\n" + UNTYPED,
                        "count",
                        XDP,
                        LISTED,
                        OK,
                        "listed: name count type xdp in list allowlist:2"),
                arguments(
                        TYPED,
                        "count",
                        XDP,
                        OTHER,
                        UNEXPECTED,
                        "listed digest differs: name count type xdp in list allowlist:1"),
                arguments(
                        UNTYPED + "\n" + TYPED,
                        "count",
                        XDP,
                        OTHER,
                        UNEXPECTED,
                        "listed digest differs: name count type xdp in list allowlist:2"),
                arguments(
                        TYPED.replace("count", LONG),
                        LONG.substring(0, 15),
                        XDP,
                        OTHER,
                        UNEXPECTED,
                        "listed digest differs: name " + LONG + " type xdp in list allowlist:1"),
                arguments(TYPED.replace("count", LONG), LONG.substring(0, 14), XDP, OTHER, UNSIGNED, "never listed"),
                arguments(TYPED, "count", SCHED_CLS, OTHER, UNSIGNED, "never listed"),
                arguments(TYPED, "other", XDP, OTHER, UNSIGNED, "never listed"),
                arguments(UNTYPED, "count", XDP, OTHER, UNSIGNED, "never listed"),
                arguments("", "count", XDP, LISTED, UNSIGNED, "never listed"));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void saysOkChangedOrNeverListed(
            String list, String name, ProgramType type, Instructions code, IntegrityVerdict verdict, String reason)
            throws AllowlistException {
        IntegrityReport report = Evaluation.of(Lists.program(name, type, code), Lists.list(list));
        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.contract()).isEmpty();
    }

    @Test
    void neverListsAProgramWhoseDigestIsUnknown() throws AllowlistException {
        Instructions pending =
                Instructions.unlinked(LISTED.toByteArray(), RelocationState.PENDING, "it has CO-RE relocations");
        BpfProgram program = Lists.program("count", XDP, pending);
        IntegrityReport report = Evaluation.of(program, Lists.list(TYPED));
        assertThat(report.verdict()).isEqualTo(UNSIGNED);
        assertThat(report.reason())
                .isEqualTo("never listed: its digest cannot be computed offline: it has CO-RE relocations");
    }
}
