package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A denial that allows a trial is a denial, and gives way to a stricter one only. */
class ATrialNeedsTheConsentOfAllModulesTest {
    private static final HookResult TRIAL =
            HookResult.deny(Errno.EACCES, "tried only").withTrialAllowed();
    private static final HookResult DENY = HookResult.deny(Errno.EPERM, "no");
    private static final HookResult RULE =
            HookResult.allow(new PolicyBasis("p", "1.0.0", PolicyBasis.Kind.RULE, 1, "op=BPF_PROG_LOAD action=ALLOW"));

    private final TestStack stack = new TestStack();

    private LoadDecision decide(String first, String second) {
        stack.add(Policy.named("first", () -> result(first)), 20);
        stack.add(Policy.named("second", () -> result(second)), 10);
        return stack.hooks.bpfProgLoad(TestStack.load());
    }

    private static HookResult result(String name) {
        return switch (name) {
            case "trial" -> TRIAL;
            case "deny" -> DENY;
            case "rule" -> RULE;
            default -> HookResult.ALLOW;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "trial, allow, true, first",
        "trial, rule, true, first",
        "allow, trial, true, second",
        "rule, trial, true, second",
        "trial, trial, true, first",
        "trial, deny, false, second",
        "deny, trial, false, first"
    })
    void theStricterDenialDecides(String first, String second, boolean trial, String by) {
        LoadDecision decision = decide(first, second);
        assertThat(decision.isAllow()).isFalse();
        assertThat(decision.result().isTrialAllowed()).isEqualTo(trial);
        assertThat(decision.deniedBy()).hasToString("Optional[" + by + "]");
    }

    @Test
    void whatIsAddedToTheResultKeepsThePermission() {
        assertThat(TRIAL.withFix("fix").withBasis(RULE.basis().orElseThrow()).isTrialAllowed())
                .isTrue();
        assertThat(DENY.withFix("fix").isTrialAllowed()).isFalse();
    }

    @Test
    void anAllowanceNeedsNoTrial() {
        assertThatThrownBy(HookResult.ALLOW::withTrialAllowed).isInstanceOf(IllegalStateException.class);
    }
}
