package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.StackAdmin.ModuleHealth;
import org.junit.jupiter.api.Test;

/** Three faults in a row make a module unhealthy; one decision without a fault heals it, a free does not. */
class ModuleHealthTest {
    private static final long BUDGET = 1_000_000;

    private final TestStack stack = new TestStack();
    private final StackOperator operator =
            new StackOperator(stack.registry, stack.drain, StackOperator.ARRIVAL, stack.hooks.candidates());
    private final Queue<Behaviour> next = new ArrayDeque<>();

    private interface Behaviour {
        HookResult decide();
    }

    private static final Behaviour THROWS = () -> {
        throw new IllegalStateException("boom");
    };

    @SuppressWarnings("NullAway") // The fault that is counted.
    private static final Behaviour RETURNS_NULL = () -> null;

    private void load(Behaviour... behaviours) {
        for (Behaviour behaviour : behaviours) {
            next.add(behaviour);
            stack.hooks.bpfProgLoad(TestStack.load());
        }
    }

    private ModuleHealth health() {
        return operator.health().getFirst();
    }

    private void registerModule() {
        stack.add(Policy.named("shaky", () -> next.remove().decide()), 0);
    }

    @Test
    void aModuleThatNeverFailedIsHealthy() {
        registerModule();
        assertThat(health().isHealthy()).isTrue();
        assertThat(health().lastFault()).isEmpty();
    }

    @Test
    void theThirdFaultInARowMakesItUnhealthy() {
        registerModule();
        load(THROWS, RETURNS_NULL);
        assertThat(health().isHealthy()).isTrue();
        load(THROWS);
        assertThat(health().isHealthy()).isFalse();
        assertThat(health().faultsInARow()).isEqualTo(ModuleHealth.UNHEALTHY);
    }

    @Test
    void oneGoodDecisionHealsAndADenialIsGood() {
        registerModule();
        load(THROWS, THROWS, THROWS, () -> HookResult.deny(Errno.EPERM, "as it should"));
        assertThat(health().isHealthy()).isTrue();
        assertThat(health().faultsInARow()).isZero();
    }

    @Test
    void theLastFaultIsRemembered() {
        registerModule();
        load(THROWS);
        assertThat(health().lastFault()).contains("boom");
        load(RETURNS_NULL);
        assertThat(health().lastFault()).isEqualTo("returned no result");
    }

    /** A load in which the module overruns its budget before it behaves as told. */
    private void overrun(Behaviour afterwards) {
        Gate gate = new Gate();
        next.add(() -> {
            gate.pass();
            return afterwards.decide();
        });
        Gate.Elsewhere<?> load = Gate.Elsewhere.run(() -> stack.hooks.bpfProgLoad(TestStack.load()));
        gate.awaitVisitor();
        Watchdog watchdog = new Watchdog(
                stack.inFlight, () -> stack.registry.configuration().callbackBudget());
        watchdog.look(0, BUDGET);
        watchdog.look(BUDGET, BUDGET);
        gate.open();
        load.get();
    }

    @Test
    void anOverrunThatEndsInAnExceptionIsOneFault() {
        registerModule();
        overrun(THROWS);
        assertThat(health().faultsInARow()).isEqualTo(1);
        assertThat(health().lastFault()).contains("did not return");
    }

    @Test
    void anOverrunThatReturnsInTheEndDoesNotHeal() {
        registerModule();
        overrun(() -> HookResult.ALLOW);
        assertThat(health().faultsInARow()).isEqualTo(1);
    }

    /** Hears each report well, and fails in each decision. */
    private static final class GoodListener implements BpfProgLoadPostIntegrityHook, BpfProgLoadHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("shaky");
        }

        @Override
        public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
            return HookResult.ALLOW;
        }

        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            return THROWS.decide();
        }
    }

    @Test
    void hearingReportsWellDoesNotHealWhatFailsInEachDecision() {
        stack.add(
                Verifier.named(
                        "verifier",
                        reporter -> reporter.bpfProgLoadPostIntegrity(
                                IntegrityReport.of(IntegrityVerdict.UNSIGNED, "none"))),
                -10);
        stack.add(new GoodListener(), 0);
        for (int i = 0; i < ModuleHealth.UNHEALTHY; i++) {
            stack.hooks.bpfProgLoad(TestStack.load());
        }
        assertThat(health().isHealthy()).isFalse();
    }

    @Test
    void aFaultInAVoidHookCounts() {
        stack.add(Policy.allowing("shaky").freeing(THROWS::decide), 0);
        var load = TestStack.load();
        stack.hooks.bpfProgLoad(load);
        stack.hooks.bpfProgFree(load.program());
        assertThat(health().faultsInARow()).isEqualTo(1);
    }
}
