package org.bpfgate.serve.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import org.bpfgate.control.ControlException;
import org.bpfgate.stack.CandidateReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateRefusalsTest {
    /** The option that lets a candidate with such counts be promoted; empty when it needs none. */
    @ParameterizedTest
    @CsvSource({
        // alike, newly allowed, newly denied, failed, skipped, option
        "0, 0, 0, 0, 0, --accept-untried",
        "0, 0, 0, 0, 5, --accept-untried",
        "0, 0, 0, 5, 0, --accept-untried",
        "5, 0, 0, 3, 3, --accept-untried",
        "1, 0, 0, 0, 1000, --accept-untried",
        "1, 0, 0, 0, 0, ''",
        "0, 0, 1, 0, 0, ''",
        "5, 0, 0, 2, 3, ''",
        "1000, 0, 0, 0, 1, ''",
        "1000, 1, 0, 0, 0, --accept-newly-allowed",
    })
    void whatTooLittleIsKnownOfTakesItsOption(
            long alike, long allowed, long denied, long failed, long skipped, String option) {
        CandidateReport report = new CandidateReport(
                Instant.EPOCH,
                "",
                alike + allowed + denied + failed + skipped,
                alike,
                0,
                allowed,
                denied,
                failed,
                skipped,
                0,
                0,
                List.of("xdp"),
                List.of());
        if (!option.isEmpty()) {
            ControlException refusal = catchThrowableOfType(
                    ControlException.class, () -> CandidateRefusals.check(report, accepting("", option)));
            assertThat(refusal.kind()).isEqualTo(ControlException.Kind.REFUSED);
            assertThat(refusal).hasMessageEndingWith("say " + option);
        }
        assertThatCode(() -> CandidateRefusals.check(report, accepting(option, "")))
                .doesNotThrowAnyException();
    }

    /** Accepts one thing, or everything but one thing. */
    private static CandidateChanges.Accepted accepting(String only, String allBut) {
        return new CandidateChanges.Accepted(
                allBut.isEmpty() ? only.equals("--accept-newly-allowed") : !allBut.equals("--accept-newly-allowed"),
                allBut.isEmpty() ? only.equals("--accept-untried") : !allBut.equals("--accept-untried"),
                true);
    }
}
