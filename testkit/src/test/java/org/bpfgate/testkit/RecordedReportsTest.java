package org.bpfgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.function.Function;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.ProgramLoad;
import org.junit.jupiter.api.Test;

class RecordedReportsTest {
    private static final IntegrityReport OK = IntegrityReport.of(IntegrityVerdict.OK, "a test wants it so");

    private final BlobType<StringBuilder> blob = BlobType.of(StringBuilder.class, StringBuilder::new);

    /** A verifier as a piece of code, with state on each program. */
    private BpfProgLoadIntegrityHook verifier(Function<IntegrityReporter, HookResult> verify) {
        return new BpfProgLoadIntegrityHook() {
            @Override
            public LsmId lsmId() {
                return LsmId.named("mine");
            }

            @Override
            public Optional<BlobType<?>> programBlob() {
                return Optional.of(blob);
            }

            @Override
            public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
                load.program().blob(blob).append('.');
                return verify.apply(reporter);
            }
        };
    }

    private static ProgramLoad load() {
        return LoadBuilder.load().build();
    }

    @Test
    void theReportAndTheResultAreKept() {
        RecordedReports reports =
                RecordedReports.of(verifier(reporter -> reporter.bpfProgLoadPostIntegrity(OK)), load());
        assertThat(reports.report()).isSameAs(OK);
        assertThat(reports.verdict()).isEqualTo(IntegrityVerdict.OK);
        assertThat(reports.result().isAllow()).isTrue();
    }

    @Test
    void aReportIsAnsweredAsTheTestWants() {
        HookResult denial = HookResult.deny(Errno.EPERM, "no");
        RecordedReports reports =
                RecordedReports.of(verifier(reporter -> reporter.bpfProgLoadPostIntegrity(OK)), load(), denial);
        assertThat(reports.result()).isSameAs(denial);
    }

    @Test
    void noReportAndTwoReportsAreNoVerdict() {
        RecordedReports none = RecordedReports.of(verifier(reporter -> HookResult.ALLOW), load());
        assertThat(none.reports()).isEmpty();
        assertThatThrownBy(none::verdict)
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected one report, found []");
        RecordedReports two = RecordedReports.of(
                verifier(reporter -> {
                    reporter.bpfProgLoadPostIntegrity(OK);
                    return reporter.bpfProgLoadPostIntegrity(OK);
                }),
                load());
        assertThat(two.reports()).hasSize(2);
        assertThatThrownBy(two::report).isInstanceOf(AssertionError.class);
        assertThat(two.result().errno()).contains(Errno.EINVAL);
    }

    @Test
    void whatTheVerifierThrowsIsThrown() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThatThrownBy(() -> RecordedReports.of(
                        verifier(reporter -> {
                            throw broken;
                        }),
                        load()))
                .isSameAs(broken);
    }
}
