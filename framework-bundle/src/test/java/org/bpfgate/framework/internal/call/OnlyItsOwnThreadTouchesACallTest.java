package org.bpfgate.framework.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfgate.framework.internal.dispatch.EntryPoint;
import org.bpfgate.framework.internal.dispatch.EveryHook;
import org.bpfgate.framework.internal.dispatch.Gate;
import org.bpfgate.framework.internal.dispatch.ObjectKind;
import org.bpfgate.framework.internal.dispatch.OnReport;
import org.bpfgate.framework.internal.dispatch.Policy;
import org.bpfgate.framework.internal.dispatch.TestStack;
import org.bpfgate.framework.internal.dispatch.Verifier;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call's state is its own thread's; others may end it, once, and nothing of a call or a thread is left when it is over. */
class OnlyItsOwnThreadTouchesACallTest {
    private static final IntegrityReport OK = IntegrityReport.of(IntegrityVerdict.OK, "as a test wants it");
    private static final HookResult LATE = HookResult.deny(Errno.ETIMEDOUT, "too late");

    /** So many that the two ends of a call meet in the middle of it now and then. */
    private static final int RACES = 50_000;

    private final TestStack stack = new TestStack();

    @Test
    void aReportFromAnotherThreadReachesNobodyAndChangesNoDecision() {
        List<HookResult> answers = new ArrayList<>();
        AtomicInteger heard = new AtomicInteger();
        stack.add(OnReport.doing("policy", heard::incrementAndGet), 0);
        stack.add(
                Verifier.named("verifier", reporter -> {
                    answers.add(Gate.Elsewhere.run(() -> reporter.bpfProgLoadPostIntegrity(OK))
                            .get());
                    return HookResult.ALLOW;
                }),
                10);
        LoadDecision decision = stack.hooks.bpfProgLoad(TestStack.load());
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.errno()).contains(Errno.EINVAL));
        assertThat(heard).hasValue(0);
        assertThat(decision.reports()).isEmpty();
        assertThat(decision.isAllow()).isTrue();
    }

    @Test
    void afterAReportTheCallIsInTheVerifierAgain() {
        List<@Nullable ModuleRecord> seen = new ArrayList<>();
        stack.add(OnReport.doing("policy", () -> {}), 0);
        RegisteredModule verifier = stack.add(
                Verifier.named("verifier", reporter -> {
                    reporter.bpfProgLoadPostIntegrity(OK);
                    stack.inFlight.forEachHere(call -> seen.add(call.calling()));
                    return HookResult.ALLOW;
                }),
                10);
        stack.listeners.add((load, decision) -> stack.inFlight.forEachHere(call -> seen.add(call.calling())));
        stack.hooks.bpfProgLoad(TestStack.load());
        assertThat(seen).containsExactly(verifier.record(), null);
    }

    @Test
    void aCallThatIsBarredSaysSoOnce() {
        HookCall call = new HookCall();
        stack.inFlight.enter(call);
        assertThat(call.mayNotGoOn()).isFalse();
        assertThat(call.bar(LATE)).isTrue();
        assertThat(call.bar(LATE)).isFalse();
        assertThat(call.mayNotGoOn()).isTrue();
        assertThat(call.outcome()).isSameAs(LATE);
        stack.inFlight.leave(call);
    }

    @Test
    void aCallThatEndedItselfIsNotInItsModulesWhenItIsBarred() {
        HookCall call = new HookCall();
        stack.inFlight.enter(call);
        call.finish();
        assertThat(call.expire(LATE)).isFalse();
        assertThat(call.bar(LATE)).isTrue();
        assertThat(call.mayNotGoOn())
                .as("its generation serves nothing that begins now")
                .isTrue();
        assertThat(call.outcome()).isSameAs(HookResult.ALLOW);
        stack.inFlight.leave(call);
    }

    /** Counts its ends. */
    private static final class Counted extends HookCall {
        private final AtomicInteger ends = new AtomicInteger();

        @Override
        void ended(HookResult how, @Nullable LsmId by) {
            ends.incrementAndGet();
        }
    }

    @Test
    void ofTwoEndsAtTheSameMomentOneCounts() {
        List<Counted> calls = Stream.generate(Counted::new).limit(RACES).toList();
        List<Integer> answers = new CopyOnWriteArrayList<>();
        AtomicInteger turn = new AtomicInteger(-1);
        AtomicInteger answered = new AtomicInteger();
        calls.forEach(call -> call.prepare(stack.registry.current(), null, denial -> answered.incrementAndGet()));
        Gate.Elsewhere<Integer> watchdog = Gate.Elsewhere.run(() -> {
            int won = 0;
            for (int i = 0; i < RACES; i++) {
                while (turn.get() < i) {
                    Thread.onSpinWait();
                }
                won += calls.get(i).expire(LATE) ? 1 : 0;
            }
            return won;
        });
        IntStream.range(0, RACES).forEach(i -> {
            turn.set(i);
            calls.get(i).finish();
        });
        answers.add(watchdog.get());
        assertThat(calls).allSatisfy(call -> assertThat(call.ends).hasValue(1));
        assertThat(answered).hasValue(answers.getFirst());
    }

    @Test
    void nothingIsRememberedOfAnObjectThatIsGone() {
        EntryPoint.Arguments arguments = new EntryPoint.Arguments();
        stack.add(new EveryHook("keeper", new ArrayList<>()), 0);
        for (ObjectKind kind : ObjectKind.values()) {
            kind.create(stack.hooks, arguments);
            assertThat(stack.live.count()).as("%s", kind).isEqualTo(1);
            kind.free(stack.hooks, arguments);
            assertThat(stack.live.count()).as("%s", kind).isZero();
        }
    }

    @Test
    void nothingIsRememberedOfAThreadThatHasEnded() throws InterruptedException {
        stack.add(Policy.allowing("ipe"), 0);
        int threads = 50;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> stack.hooks.bpfProgLoad(TestStack.load()));
            thread.start();
            thread.join();
        }
        long end = System.nanoTime() + Gate.AT_MOST.toNanos();
        while (stack.inFlight.threads() > 1 && System.nanoTime() < end) {
            System.gc();
            stack.inFlight.forEach(call -> {});
            Thread.sleep(10);
        }
        assertThat(stack.inFlight.threads()).isLessThanOrEqualTo(1);
    }
}
