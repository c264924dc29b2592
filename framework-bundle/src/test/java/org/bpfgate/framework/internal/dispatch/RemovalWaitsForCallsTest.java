package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.framework.internal.call.HookCall;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

/** The end of a module waits for the calls that may still reach it, but not for ever; afterwards nobody calls it. */
class RemovalWaitsForCallsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final TestStack stack = new TestStack();
    private final Gate gate = new Gate();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<HookResult> answers = new CopyOnWriteArrayList<>();
    private final List<LoadDecision> heard = new CopyOnWriteArrayList<>();

    private void drainBudget(Duration budget) {
        stack.configure(List.of(), List.of(), Duration.ZERO, LONG, budget);
    }

    private LoadDecision load() {
        AtomicReference<LoadDecision> decision = new AtomicReference<>();
        stack.hooks.answering(answers::add, () -> decision.set(stack.hooks.bpfProgLoad(TestStack.load())));
        return decision.get();
    }

    /** Begins a load on another thread that stays in the module at the gate. */
    private Gate.Elsewhere<LoadDecision> loadAtTheGate() {
        Gate.Elsewhere<LoadDecision> load = Gate.Elsewhere.run(this::load);
        gate.awaitVisitor();
        return load;
    }

    private Gate.Elsewhere<Boolean> removal(RegisteredModule module) {
        return Gate.Elsewhere.run(() -> {
            stack.remove(module);
            return true;
        });
    }

    private Gate.Elsewhere<Boolean> waitingRemoval(RegisteredModule module) {
        Gate.Elsewhere<Boolean> removal = removal(module);
        await().atMost(Gate.AT_MOST).until(removal::isWaiting);
        assertThat(removal.isDone()).isFalse();
        return removal;
    }

    @Test
    void removalReturnsAtOnceWhenNobodyIsInTheModule() {
        drainBudget(LONG);
        RegisteredModule module = stack.add(Policy.allowing("ipe"), 0);
        load();
        assertThat(removal(module).get()).isTrue();
    }

    @Test
    void removalWaitsForACallInTheModuleWhichThenEndsAsUsual() {
        drainBudget(LONG);
        RegisteredModule module = stack.add(Policy.doing("ipe", gate::pass), 0);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        Gate.Elsewhere<Boolean> removal = waitingRemoval(module);
        gate.open();
        assertThat(load.get().isAllow()).isTrue();
        assertThat(removal.get()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    void removalWaitsForACallThatHasYetToComeToTheModule() {
        drainBudget(LONG);
        stack.add(Policy.doing("early", gate::pass), 20);
        RegisteredModule module = stack.add(Policy.doing("late", calls::incrementAndGet), 10);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        Gate.Elsewhere<Boolean> removal = waitingRemoval(module);
        gate.open();
        load.get();
        removal.get();
        assertThat(calls).hasValue(1);
    }

    @Test
    void aNewCallDoesNotMeetTheModuleThatIsBeingRemoved() {
        drainBudget(LONG);
        RegisteredModule module = stack.add(Policy.doing("ipe", gate::pass), 0);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        Gate.Elsewhere<Boolean> removal = waitingRemoval(module);
        assertThat(load().stack().contains("ipe")).isFalse();
        gate.open();
        load.get();
        removal.get();
    }

    @Test
    void afterTheBudgetTheCallIsDeniedItsClientAnsweredAndTheListenerTold() {
        drainBudget(SHORT);
        stack.listeners.add((load, decision) -> heard.add(decision));
        RegisteredModule module = stack.add(Policy.doing("ipe", gate::pass), 0);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        removal(module).get();
        assertThat(answers).extracting(HookResult::errno).containsExactly(Optional.of(Errno.ETIMEDOUT));
        assertThat(answers.getFirst().reason()).contains("ipe").contains("stopped");
        assertThat(heard).extracting(LoadDecision::result).isEqualTo(answers);
        gate.open();
        assertThat(load.get()).isEqualTo(heard.getFirst());
        assertThat(heard).hasSize(1);
    }

    @Test
    void afterTheBudgetTheCallGoesToNoFurtherModule() {
        drainBudget(SHORT);
        stack.add(Policy.doing("early", gate::pass), 20);
        RegisteredModule module =
                stack.add(Policy.doing("late", calls::incrementAndGet).freeing(calls::incrementAndGet), 10);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        removal(module).get();
        gate.open();
        assertThat(load.get().result().errno()).contains(Errno.ETIMEDOUT);
        assertThat(calls).hasValue(0);
    }

    @Test
    void afterTheBudgetNotEvenAFreeReachesTheModule() {
        drainBudget(SHORT);
        stack.add(Policy.allowing("early").freeing(gate::pass), 20);
        RegisteredModule module = stack.add(Policy.allowing("late").freeing(calls::incrementAndGet), 10);
        ProgramLoad load = TestStack.load();
        stack.hooks.bpfProgLoad(load);
        Gate.Elsewhere<Boolean> free = Gate.Elsewhere.run(() -> {
            stack.hooks.bpfProgFree(load.program());
            return true;
        });
        gate.awaitVisitor();
        removal(module).get();
        gate.open();
        free.get();
        assertThat(calls).hasValue(0);
    }

    @Test
    void theModulesThatStayHearOfTheEndOfTheDeniedProgram() {
        drainBudget(SHORT);
        stack.add(Policy.doing("stays", gate::pass).freeing(calls::incrementAndGet), 20);
        RegisteredModule module = stack.add(Policy.allowing("goes"), 10);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        removal(module).get();
        gate.open();
        load.get();
        assertThat(calls).hasValue(1);
    }

    /** A call on its way from one module to the next notices some time after it was denied; until then it may come to the module. */
    @Test
    void afterTheBudgetItWaitsUntilACallBetweenTwoModulesHasNoticed() {
        RegisteredModule module = stack.add(Policy.allowing("ipe"), 0);
        HookCall between = new HookCall();
        Gate.Elsewhere<Boolean> call = Gate.Elsewhere.run(() -> {
            stack.inFlight.enter(between);
            gate.pass();
            stack.inFlight.leave(between);
            return true;
        });
        gate.awaitVisitor();
        stack.registry.remove(module.serviceId(), false);
        stack.drain.await(module.record(), SHORT);
        assertThat(between.hasNoticedItsEnd(Duration.ofMillis(1).toNanos())).isTrue();
        gate.open();
        call.get();
    }

    private boolean isNeeded(RegisteredModule module) {
        return stack.inFlight.anyElsewhere(call -> call.generation().uses(module.record()));
    }

    @Test
    void aCallThatIsInsideAnotherOneDoesNotHideThatOne() {
        drainBudget(LONG);
        Gate inner = new Gate();
        RegisteredModule module = stack.add(
                Policy.doing("goes", () -> {
                    gate.pass();
                    load();
                }),
                0);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        Gate.Elsewhere<Boolean> removal = waitingRemoval(module);
        stack.add(Policy.doing("comes", inner::pass), 0);
        gate.open();
        inner.awaitVisitor();
        assertThat(isNeeded(module)).isTrue();
        inner.open();
        assertThat(load.get().isAllow()).isTrue();
        removal.get();
    }

    @Test
    void aCallGoesOnToBeSeenAfterOneInsideItHasEnded() {
        drainBudget(LONG);
        AtomicInteger depth = new AtomicInteger();
        RegisteredModule module = stack.add(
                Policy.doing("ipe", () -> {
                    if (depth.getAndIncrement() == 0) {
                        load();
                        gate.pass();
                    }
                }),
                0);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        assertThat(isNeeded(module)).isTrue();
        gate.open();
        load.get();
        assertThat(isNeeded(module)).isFalse();
    }

    @Test
    void aModuleThatEndsItselfDoesNotWaitForItselfAndIsNotCalledAgain() {
        drainBudget(LONG);
        AtomicReference<RegisteredModule> self = new AtomicReference<>();
        self.set(stack.add(Policy.doing("self", () -> stack.remove(self.get())).freeing(calls::incrementAndGet), 0));
        LoadDecision decision = Gate.Elsewhere.run(this::load).get();
        assertThat(decision.result().errno()).contains(Errno.ETIMEDOUT);
        assertThat(decision.result().reason()).contains("self").contains("stopped");
        assertThat(calls).hasValue(0);
    }

    @Test
    void aCallInWhichAModuleEndsAnotherIsDeniedAndDoesNotReachThatOne() {
        drainBudget(LONG);
        RegisteredModule late =
                stack.add(Policy.doing("late", calls::incrementAndGet).freeing(calls::incrementAndGet), 10);
        stack.add(Policy.doing("early", () -> stack.remove(late)), 20);
        LoadDecision decision = Gate.Elsewhere.run(this::load).get();
        assertThat(decision.result().errno()).contains(Errno.ETIMEDOUT);
        assertThat(calls).hasValue(0);
    }

    /** The watchdog finds every callback too long that is under way at this moment. */
    private void budgetPasses() {
        Watchdog watchdog = new Watchdog(stack.inFlight, () -> SHORT);
        watchdog.look(0, 1);
        watchdog.look(1, 1);
    }

    @Test
    void aDeniedCallThatHangsInOneModuleIsNotWaitedForByAnother() {
        drainBudget(LONG);
        stack.add(Policy.doing("hangs", gate::pass), 20);
        RegisteredModule other = stack.add(Policy.doing("other", calls::incrementAndGet), 10);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        budgetPasses();
        removal(other).get();
        gate.open();
        load.get();
        assertThat(calls).hasValue(0);
    }

    @Test
    void aDeniedCallIsWaitedForByTheModuleThatItIsIn() {
        drainBudget(LONG);
        RegisteredModule module = stack.add(Policy.doing("hangs", gate::pass), 0);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        budgetPasses();
        Gate.Elsewhere<Boolean> removal = waitingRemoval(module);
        gate.open();
        load.get();
        removal.get();
    }

    @Test
    void itIsWaitedForByTheVerifierToWhoseReportAPolicyListens() {
        drainBudget(LONG);
        RegisteredModule verifier = stack.add(
                Verifier.named("verifier", reporter -> reporter.bpfProgLoadPostIntegrity(EveryHook.REPORT)), 20);
        stack.add(OnReport.doing("hangs", gate::pass), 10);
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        budgetPasses();
        Gate.Elsewhere<Boolean> removal = waitingRemoval(verifier);
        gate.open();
        load.get();
        removal.get();
    }

    /** The call has decided by itself, and has yet to tell the modules of the end of the program. */
    @Test
    void afterTheBudgetARefusedProgramIsFreedByThoseWhoStay() {
        drainBudget(SHORT);
        AtomicInteger freedByTheOneThatGoes = new AtomicInteger();
        stack.add(Policy.allowing("stays").freeing(calls::incrementAndGet), 10);
        RegisteredModule module = stack.add(
                Policy.named("goes", () -> HookResult.deny(Errno.EPERM, "told to"))
                        .freeing(freedByTheOneThatGoes::incrementAndGet),
                20);
        stack.listeners.add((load, decision) -> gate.pass());
        Gate.Elsewhere<LoadDecision> load = loadAtTheGate();
        removal(module).get();
        gate.open();
        assertThat(load.get().result().errno()).contains(Errno.EPERM);
        assertThat(freedByTheOneThatGoes).hasValue(0);
        assertThat(calls).hasValue(1);
    }
}
