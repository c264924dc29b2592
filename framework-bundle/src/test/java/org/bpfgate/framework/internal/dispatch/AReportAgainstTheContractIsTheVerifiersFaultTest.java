package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.StackAdmin.ModuleHealth;
import org.junit.jupiter.api.Test;

/** Who reports null, or twice, is blamed for it, also when it swallows the refusal; nobody who hears of it is. */
class AReportAgainstTheContractIsTheVerifiersFaultTest {
    private static final IntegrityReport GOOD = IntegrityReport.of(IntegrityVerdict.OK, "good");

    private final TestStack stack = new TestStack();
    private final StackOperator operator =
            new StackOperator(stack.registry, stack.drain, StackOperator.ARRIVAL, stack.hooks.candidates());

    private ModuleHealth health(String lsm) {
        return operator.health().stream()
                .filter(health -> health.lsm().name().equals(lsm))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @SuppressWarnings("NullAway") // The fault that is refused.
    void aReportOfNull() {
        stack.add(OnReport.doing("ipe", () -> {}), 0);
        stack.add(Verifier.named("odd", reporter -> reporter.bpfProgLoadPostIntegrity(null)), 10);
        LoadDecision decision = stack.hooks.bpfProgLoad(TestStack.load());
        assertThat(decision.deniedBy()).contains(LsmId.named("odd"));
        assertThat(decision.result().errno()).contains(Errno.EINVAL);
        assertThat(decision.result().reason()).isEqualTo("module odd reported null");
        assertThat(health("odd").lastFault()).isEqualTo("reported null");
        assertThat(health("ipe").faultsInARow()).isZero();
    }

    @Test
    void aSecondReportWhoseRefusalIsSwallowed() {
        stack.add(
                Verifier.named("odd", reporter -> {
                    reporter.bpfProgLoadPostIntegrity(GOOD);
                    reporter.bpfProgLoadPostIntegrity(GOOD);
                    return HookResult.ALLOW;
                }),
                10);
        for (int i = 0; i < ModuleHealth.UNHEALTHY; i++) {
            assertThat(stack.hooks.bpfProgLoad(TestStack.load()).isAllow()).isFalse();
        }
        assertThat(health("odd").isHealthy()).isFalse();
        assertThat(health("odd").lastFault()).contains("reported more than once");
    }

    @Test
    void aModuleThatMakesNoFaultInItsNextDecisionRecovers() {
        boolean[] twice = {true};
        stack.add(
                Verifier.named("odd", reporter -> {
                    HookResult first = reporter.bpfProgLoadPostIntegrity(GOOD);
                    return twice[0] ? reporter.bpfProgLoadPostIntegrity(GOOD) : first;
                }),
                10);
        stack.hooks.bpfProgLoad(TestStack.load());
        assertThat(health("odd").faultsInARow()).isEqualTo(1);
        twice[0] = false;
        assertThat(stack.hooks.bpfProgLoad(TestStack.load()).isAllow()).isTrue();
        assertThat(health("odd").faultsInARow()).isZero();
    }

    /** A message may have several lines, and even fail itself: the reason and the log have one. */
    @Test
    void whatAnExceptionSaysIsOneLine() {
        stack.add(
                Verifier.named("odd", reporter -> {
                    throw new IllegalStateException("first\nsecond\u2028third");
                }),
                0);
        assertThat(stack.hooks.bpfProgLoad(TestStack.load()).result().reason())
                .isEqualTo("module odd failed: java.lang.IllegalStateException: first second third");
    }

    @Test
    void anExceptionThatCannotBeToldIsToldByItsClass() {
        stack.add(
                Verifier.named("odd", reporter -> {
                    throw new Speechless();
                }),
                0);
        LoadDecision decision = stack.hooks.bpfProgLoad(TestStack.load());
        assertThat(decision.isAllow()).isFalse();
        assertThat(decision.result().reason()).endsWith("failed: " + Speechless.class.getName());
    }

    private static final class Speechless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
