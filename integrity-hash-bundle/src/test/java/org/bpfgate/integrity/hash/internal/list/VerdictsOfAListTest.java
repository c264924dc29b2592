package org.bpfgate.integrity.hash.internal.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.UNEXPECTED;
import static org.bpfgate.integrity.IntegrityVerdict.UNSIGNED;
import static org.bpfgate.program.ProgramType.SCHED_CLS;
import static org.bpfgate.program.ProgramType.TRACING;
import static org.bpfgate.program.ProgramType.UNSPEC;
import static org.bpfgate.program.ProgramType.XDP;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.bpfgate.program.TypeRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        "listed digest differs: name " + LONG
                                + " type xdp in list allowlist:1; or another program whose name begins with"
                                + " count_packets_o"),
                arguments(
                        TYPED.replace("count", LONG),
                        LONG,
                        XDP,
                        OTHER,
                        UNEXPECTED,
                        "listed digest differs: name " + LONG + " type xdp in list allowlist:1"),
                arguments(TYPED.replace("count", LONG), LONG + "2", XDP, OTHER, UNSIGNED, "never listed"),
                arguments(
                        TYPED.replace("count", LONG.substring(0, 15)),
                        LONG,
                        XDP,
                        OTHER,
                        UNEXPECTED,
                        "listed digest differs: name count_packets_o type xdp in list allowlist:1; or another program"
                                + " whose name begins with count_packets_o"),
                arguments(
                        TYPED,
                        "count",
                        SCHED_CLS,
                        LISTED,
                        UNSIGNED,
                        "listed for type xdp, loaded as sched_cls: name count type xdp in list allowlist:1"),
                arguments(
                        TYPED + "\n" + Lists.hex(OTHER) + "  count # type=sched_cls",
                        "count",
                        SCHED_CLS,
                        LISTED,
                        UNEXPECTED,
                        "listed for type xdp, loaded as sched_cls: name count type xdp in list allowlist:1"),
                arguments(
                        TYPED,
                        "",
                        UNSPEC,
                        LISTED,
                        UNSIGNED,
                        "listed for type xdp only, and the type of this program is not known: name count type xdp in"
                                + " list allowlist:1"),
                arguments(
                        TYPED + "\n" + UNTYPED,
                        "count",
                        SCHED_CLS,
                        LISTED,
                        OK,
                        "listed: name count in list allowlist:2"),
                arguments(
                        TYPED + "\n" + UNTYPED + " # type=sched_cls",
                        "count",
                        SCHED_CLS,
                        LISTED,
                        OK,
                        "listed: name count type sched_cls in list allowlist:2"),
                arguments(
                        TYPED + " attach=xdp_devmap",
                        "other",
                        XDP,
                        LISTED,
                        UNSIGNED,
                        "listed for attach=xdp_devmap, loaded with attach=none: name count type xdp attach xdp_devmap"
                                + " in list allowlist:1"),
                arguments(
                        TYPED + " attach=xdp_devmap",
                        "count",
                        XDP,
                        LISTED,
                        UNEXPECTED,
                        "listed for attach=xdp_devmap, loaded with attach=none: name count type xdp attach xdp_devmap"
                                + " in list allowlist:1"),
                arguments(
                        TYPED + " attach=none",
                        "count",
                        XDP,
                        LISTED,
                        OK,
                        "listed: name count type xdp attach none in list allowlist:1"),
                arguments(
                        UNTYPED + " # type=tracing attach=none:do_unlinkat",
                        "other",
                        TRACING,
                        LISTED,
                        UNSIGNED,
                        "listed for attach=none:do_unlinkat only, and the target of this load is not known: name count"
                                + " type tracing attach none:do_unlinkat in list allowlist:1"),
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
        IntegrityReport report = AllowlistEvaluation.of(Lists.load(name, type, code), Lists.list(list), Instant.EPOCH);
        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.contract()).isEmpty();
    }

    @Test
    void neverListsAProgramWhoseDigestIsUnknown() throws AllowlistException {
        Instructions pending =
                Instructions.unlinked(LISTED.toByteArray(), RelocationState.PENDING, "it has CO-RE relocations");
        ProgramLoad program = Lists.load("count", XDP, pending);
        IntegrityReport report = AllowlistEvaluation.of(program, Lists.list(TYPED), Instant.EPOCH);
        assertThat(report.verdict()).isEqualTo(UNSIGNED);
        assertThat(report.reason())
                .isEqualTo("never listed: its digest cannot be computed offline: it has CO-RE relocations");
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments(
                        "2026-12-31T23:59:59.9Z",
                        UNSIGNED,
                        "list-not-yet-valid",
                        "listed only in allowlist, which is valid only from 2027-01-01T00:00:00Z"),
                arguments("2027-01-01T00:00:00Z", OK, "", "listed: name count in list allowlist:3"),
                arguments("2027-06-30T00:00:00.9Z", OK, "", "listed: name count in list allowlist:3"),
                arguments(
                        "2027-06-30T00:00:01Z",
                        UNSIGNED,
                        "list-expired",
                        "listed only in allowlist, which was valid only until 2027-06-30T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("times")
    void countsFromTheFirstToTheLastSecondOfItsTime(String now, IntegrityVerdict verdict, String code, String reason)
            throws AllowlistException {
        String list = "#!valid-from 2027-01-01T00:00:00Z\n#!valid-until 2027-06-30T00:00:00Z\n" + UNTYPED;
        IntegrityReport report =
                AllowlistEvaluation.of(Lists.load("count", XDP, LISTED), Lists.list(list), Instant.parse(now));
        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.code().orElse("")).isEqualTo(code);
    }

    /** Whoever uses such a list learns it before the first program is denied. */
    @ParameterizedTest
    @CsvSource({
        "#!valid-until 2020-01-01T00:00:00Z, false, allowlist: the list was valid only until 2020-01-01T00:00:00Z; it"
                + " lets in nothing",
        "#!valid-until 2020-01-01T00:00:00Z, true,  allowlist: the list was valid only until 2020-01-01T00:00:00Z; it"
                + " revokes nothing",
        "#!valid-from 9000-01-01T00:00:00Z,  false, allowlist: the list is valid only from 9000-01-01T00:00:00Z; it"
                + " lets in nothing",
        "#!valid-until 9000-01-01T00:00:00Z, false,",
    })
    void ofAListThatDoesNotCountNowThereIsAWarning(String directive, boolean revokes, @Nullable String warning)
            throws AllowlistException {
        assertThat(Lists.textList(directive + "\n" + TYPED).warnings(revokes))
                .isEqualTo(warning == null ? List.of() : List.of(warning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " # type=xdp", " # type=kprobe attach=trace_kprobe_multi"})
    void aRevocationCountsForEveryType(String kind) throws AllowlistException {
        AllowlistSet lists =
                new AllowlistSet(List.of(Lists.textList(UNTYPED)), List.of(Lists.textList(UNTYPED + kind)));
        for (ProgramType type : ProgramType.values()) {
            IntegrityReport report = AllowlistEvaluation.of(Lists.load("count", type, LISTED), lists, Instant.EPOCH);
            assertThat(report.verdict()).isEqualTo(UNEXPECTED);
            assertThat(report.code()).contains("revoked");
        }
    }

    /** The number of a member differs between kernels, its name does not. */
    @ParameterizedTest
    @CsvSource({
        "member:tcp_congestion_ops.ssthresh, 3, tcp_congestion_ops.ssthresh, OK, ",
        "member:tcp_congestion_ops.ssthresh, 0, tcp_congestion_ops.ssthresh, OK, ",
        "member:tcp_congestion_ops.ssthresh, 3, tcp_congestion_ops.cong_avoid, UNEXPECTED, other-attach-target",
        "member:tcp_congestion_ops.ssthresh, 3, , UNEXPECTED, attach-target-unknown",
        "3,                                  3, tcp_congestion_ops.ssthresh, OK, ",
        "3,                                  0, tcp_congestion_ops.ssthresh, UNEXPECTED, other-attach-type",
        "3:tcp_congestion_ops.ssthresh,      3, tcp_congestion_ops.ssthresh, OK, "
    })
    void aMemberOfAStructureIsKnownByItsName(
            String attach, int number, @Nullable String target, IntegrityVerdict verdict, @Nullable String code)
            throws AllowlistException {
        ProgramLoad load = Lists.load("count", ProgramType.STRUCT_OPS, LISTED)
                .withAttachType(number)
                .withAttributes(new LoadAttributes(
                        "",
                        0,
                        0,
                        0,
                        0,
                        0,
                        new AttachTarget(1, Optional.empty(), Optional.ofNullable(target)),
                        TypeRecords.NONE));
        String list = UNTYPED + " # type=struct_ops attach=" + attach;
        IntegrityReport report = AllowlistEvaluation.of(load, Lists.list(list), Instant.EPOCH);
        assertThat(report.verdict()).as(report.reason()).isEqualTo(verdict);
        assertThat(report.code()).isEqualTo(Optional.ofNullable(code));
    }

    @Test
    void aRevocationWinsOverEveryList() throws AllowlistException {
        TextDigestList revoked = Lists.textList("#!valid-from 2026-11-01T00:00:00Z\n" + UNTYPED);
        AllowlistSet lists = new AllowlistSet(List.of(Lists.textList(TYPED)), List.of(revoked));
        ProgramLoad program = Lists.load("count", XDP, LISTED);
        IntegrityReport before = AllowlistEvaluation.of(program, lists, Instant.parse("2026-10-31T23:59:59Z"));
        assertThat(before.verdict()).isEqualTo(OK);
        IntegrityReport after = AllowlistEvaluation.of(program, lists, Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(after.verdict()).isEqualTo(UNEXPECTED);
        assertThat(after.code()).contains("revoked");
        assertThat(after.reason()).isEqualTo("revoked since 2026-11-01T00:00:00Z: name count in list allowlist:2");
    }
}
