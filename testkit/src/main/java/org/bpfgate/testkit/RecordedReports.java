package org.bpfgate.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** What a verifier reported on one load, and what it returned. Safe for use by several threads. */
public final class RecordedReports {
    private final ObservedVerifier observed;

    private RecordedReports(ObservedVerifier observed) {
        this.observed = observed;
    }

    /**
     * Has a load verified where every report is answered by an allowance. What the verifier throws is thrown here.
     *
     * @param load a load whose program was not decided on before
     */
    public static RecordedReports of(BpfProgLoadIntegrityHook verifier, ProgramLoad load) {
        return of(verifier, load, HookResult.ALLOW);
    }

    /**
     * Has a load verified where every report is answered as a policy would answer it. What the verifier throws is thrown here.
     *
     * @param load a load whose program was not decided on before
     * @param answer what the policy says to each report
     */
    public static RecordedReports of(BpfProgLoadIntegrityHook verifier, ProgramLoad load, HookResult answer) {
        return within(TestStack.CALLBACK_BUDGET, verifier, load, answer);
    }

    /** The same for a verifier that may take longer, or less, than a gate allows that sets no time. */
    static RecordedReports within(
            Duration callbackBudget, BpfProgLoadIntegrityHook verifier, ProgramLoad load, HookResult answer) {
        ObservedVerifier observed = new ObservedVerifier(verifier);
        try (TestStack stack = TestStack.within(callbackBudget, observed, new AnsweringPolicy(answer))) {
            stack.decide(load);
            stack.hooks().bpfProgFree(load.program());
        }
        observed.throwWhatWasThrown();
        return new RecordedReports(observed);
    }

    /** Returns all reports, in order, those among them that come too late or once too often; one is as it should be. */
    public List<IntegrityReport> reports() {
        return observed.reports();
    }

    /**
     * Returns the one report.
     *
     * @throws AssertionError when there is none, or more than one
     */
    public IntegrityReport report() {
        List<IntegrityReport> all = reports();
        if (all.size() != 1) {
            throw new AssertionError("expected one report, found " + all);
        }
        return all.get(0);
    }

    /**
     * Returns the verdict of the one report.
     *
     * @throws AssertionError when there is no report, or more than one
     */
    public IntegrityVerdict verdict() {
        return report().verdict();
    }

    /**
     * Returns what the verifier returned.
     *
     * @throws AssertionError when that is null
     */
    public HookResult result() {
        @Nullable HookResult returned = observed.returned();
        if (returned == null) {
            throw new AssertionError("the verifier returned null");
        }
        return Objects.requireNonNull(returned);
    }
}
