package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

/** A callback that overruns its budget is a denial for everybody who waits. The test moves the watchdog's clock. */
class HangingModulesAreAnsweredForTest {
    private static final long BUDGET = Duration.ofMillis(200).toNanos();
    private static final HookResult DENY = HookResult.deny(Errno.EPERM, "told to");

    private final TestStack stack = new TestStack();
    private final Watchdog watchdog = new Watchdog(stack.inFlight, () -> Duration.ofNanos(BUDGET));
    private final Gate gate = new Gate();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<HookResult> answers = new CopyOnWriteArrayList<>();
    private final List<LoadDecision> heard = new CopyOnWriteArrayList<>();
    private final AtomicReference<LoadDecision> decided = new AtomicReference<>();

    /** Begins a load that stays at the gate. */
    private Gate.Elsewhere<Boolean> loadAtTheGate() {
        stack.listeners.add((load, decision) -> heard.add(decision));
        Gate.Elsewhere<Boolean> load = Gate.Elsewhere.run(() -> {
            stack.hooks.answering(answers::add, () -> decided.set(stack.hooks.bpfProgLoad(TestStack.load())));
            return true;
        });
        gate.awaitVisitor();
        return load;
    }

    private LoadDecision letGo(Gate.Elsewhere<Boolean> load) {
        gate.open();
        load.get();
        return decided.get();
    }

    /** The watchdog sees where the call is, and looks again when the budget is over. */
    private void budgetPasses() {
        watchdog.look(0, BUDGET);
        watchdog.look(BUDGET, BUDGET);
    }

    @Test
    void theClientIsAnsweredOnceWithTheNameOfTheModule() {
        stack.add(Policy.doing("slow", gate::pass), 0);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        budgetPasses();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().errno()).contains(Errno.ETIMEDOUT);
        assertThat(answers.getFirst().reason()).isEqualTo("module slow did not return within 200 ms");
        letGo(load);
        assertThat(answers).hasSize(1);
    }

    @Test
    void theListenerHearsOnceWhatTheEntryPointReturnsLater() {
        stack.add(Policy.doing("slow", gate::pass), 0);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        assertThat(heard).extracting(LoadDecision::result).isEqualTo(answers);
        assertThat(letGo(load)).isEqualTo(heard.getFirst());
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().deniedBy()).contains(LsmId.named("slow"));
    }

    @Test
    void anAllowanceOrADenialThatComesTooLateCountsForNothing() {
        stack.add(
                Policy.named("slow", () -> {
                    gate.pass();
                    return DENY;
                }),
                0);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        assertThat(letGo(load).result().errno()).contains(Errno.ETIMEDOUT);
    }

    @Test
    void noFurtherModuleIsAsked() {
        stack.add(Policy.doing("slow", gate::pass), 20);
        stack.add(Policy.doing("later", calls::incrementAndGet), 10);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        letGo(load);
        assertThat(calls).hasValue(0);
    }

    @Test
    void theProgramIsFreedByTheModulesThatAreThereThen() {
        stack.add(Policy.doing("slow", gate::pass), 20);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        stack.add(Policy.allowing("newcomer").freeing(calls::incrementAndGet), 10);
        letGo(load);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aClientThatWasAnsweredIsNotAnsweredAgainWhenTheFreeHangsToo() {
        Gate secondGate = new Gate();
        stack.add(Policy.doing("slow", gate::pass).freeing(secondGate::pass), 0);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        gate.open();
        secondGate.awaitVisitor();
        budgetPasses();
        secondGate.open();
        load.get();
        assertThat(answers).hasSize(1);
    }

    @Test
    void aHangInTheFreeOfARefusedProgramIsAnsweredForTheClientStillWaits() {
        stack.add(Policy.named("slow", () -> DENY).freeing(gate::pass), 0);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        assertThat(answers).extracting(HookResult::errno).hasSize(1);
        assertThat(letGo(load).result()).isSameAs(DENY);
        assertThat(heard).extracting(LoadDecision::result).containsExactly(DENY);
    }

    private Gate.Elsewhere<Boolean> freeAtTheGate() {
        ProgramLoad load = TestStack.load();
        stack.hooks.bpfProgLoad(load);
        Gate.Elsewhere<Boolean> free = Gate.Elsewhere.run(() -> {
            stack.hooks.bpfProgFree(load.program());
            return true;
        });
        gate.awaitVisitor();
        return free;
    }

    @Test
    void aFreeThatHangsKeepsNoOtherModuleFromHearingOfTheEnd() {
        stack.add(Policy.allowing("slow").freeing(gate::pass), 20);
        stack.add(Policy.allowing("later").freeing(calls::incrementAndGet), 10);
        Gate.Elsewhere<Boolean> free = freeAtTheGate();
        budgetPasses();
        gate.open();
        free.get();
        assertThat(calls).hasValue(1);
    }

    @Test
    void nobodyHearsOfTheEndTwiceBecauseAFreeHangs() {
        stack.add(Policy.allowing("earlier").freeing(calls::incrementAndGet), 30);
        stack.add(
                Policy.allowing("slow").freeing(() -> {
                    calls.incrementAndGet();
                    gate.pass();
                }),
                20);
        Gate.Elsewhere<Boolean> free = freeAtTheGate();
        budgetPasses();
        gate.open();
        free.get();
        assertThat(calls).hasValue(2);
    }

    @Test
    void slowWithinTheBudgetIsFine() {
        stack.add(Policy.doing("slow", gate::pass), 0);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        watchdog.look(0, BUDGET);
        watchdog.look(BUDGET - 1, BUDGET);
        assertThat(letGo(load).isAllow()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    void theBudgetIsPerCallback() {
        Gate second = new Gate();
        stack.add(Policy.doing("one", gate::pass), 20);
        stack.add(Policy.doing("two", second::pass), 10);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        watchdog.look(0, BUDGET);
        gate.open();
        second.awaitVisitor();
        watchdog.look(BUDGET, BUDGET);
        watchdog.look(2 * BUDGET - 1, BUDGET);
        second.open();
        load.get();
        assertThat(decided.get().isAllow()).isTrue();
    }

    @Test
    void aHangOfAPolicyInsideAReportNamesThePolicyNotTheVerifier() {
        stack.add(Verifier.named("verifier", reporter -> reporter.bpfProgLoadPostIntegrity(EveryHook.REPORT)), 20);
        stack.add(OnReport.doing("policy", gate::pass), 10);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        assertThat(answers.getFirst().reason()).startsWith("module policy ");
        assertThat(letGo(load).deniedBy()).contains(LsmId.named("policy"));
        assertThat(decided.get().reports()).hasSize(1);
    }

    @Test
    void aVerifierThatReportsTooLateReachesNoPolicyAndNoRecord() {
        stack.add(
                Verifier.named("verifier", reporter -> {
                    gate.pass();
                    return reporter.bpfProgLoadPostIntegrity(EveryHook.REPORT);
                }),
                20);
        stack.add(OnReport.doing("policy", calls::incrementAndGet), 10);
        Gate.Elsewhere<Boolean> load = loadAtTheGate();
        budgetPasses();
        assertThat(letGo(load)).isEqualTo(heard.getFirst());
        assertThat(decided.get().reports()).isEmpty();
        assertThat(calls).hasValue(0);
    }

    @Test
    void anAnswerThatCannotBeGivenKeepsNobodyFromHearing() {
        stack.add(Policy.doing("slow", gate::pass), 0);
        stack.listeners.add((load, decision) -> heard.add(decision));
        Gate.Elsewhere<Boolean> load = Gate.Elsewhere.run(() -> {
            stack.hooks.answering(
                    denial -> {
                        throw new NoClassDefFoundError("the client's side is gone");
                    },
                    () -> decided.set(stack.hooks.bpfProgLoad(TestStack.load())));
            return true;
        });
        gate.awaitVisitor();
        budgetPasses();
        assertThat(heard).hasSize(1);
        assertThat(letGo(load)).isEqualTo(heard.getFirst());
    }

    @Test
    void theAnsweringOfOneCallEndsWithIt() {
        stack.add(Policy.doing("slow", gate::pass), 0);
        Gate.Elsewhere<LoadDecision> load = Gate.Elsewhere.run(() -> {
            stack.hooks.answering(answers::add, () -> {});
            return stack.hooks.bpfProgLoad(TestStack.load());
        });
        gate.awaitVisitor();
        budgetPasses();
        gate.open();
        assertThat(load.get().result().errno()).contains(Errno.ETIMEDOUT);
        assertThat(answers).isEmpty();
    }

    @Test
    void theWatchdogLooksByItself() {
        stack.add(Policy.doing("slow", gate::pass), 0);
        try (Watchdog awake = Watchdog.start(stack.inFlight, () -> Duration.ofMillis(20))) {
            Gate told = new Gate();
            stack.listeners.add((load, decision) -> told.open());
            Gate.Elsewhere<Boolean> load = loadAtTheGate();
            told.pass();
            assertThat(letGo(load).result().errno()).contains(Errno.ETIMEDOUT);
            assertThat(awake).isNotNull();
        }
    }
}
