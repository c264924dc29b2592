package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.stack.CandidatePlan;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

/** Candidates start, are dropped, promoted and undone while threads decide: each decision is one of a whole stack, and none is lost. */
class CandidatesUnderLoadStressTest {
    private static final int ROUNDS = 200;
    private static final HookResult OLD = HookResult.deny(Errno.EPERM, "old");
    private static final HookResult NEW = HookResult.deny(Errno.EPERM, "new");

    private final TestStack stack = new TestStack();
    private final StackOperator operator =
            new StackOperator(stack.registry, stack.drain, StackOperator.ARRIVAL, stack.hooks.candidates());
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong decided = new AtomicLong();

    /** Both modules deny, so the second one is never asked: what is seen is the reason of the first one of a whole stack. */
    private long decide() {
        long mine = 0;
        while (!over.get()) {
            LoadDecision decision = stack.hooks.bpfProgLoad(TestStack.load());
            boolean isOld = decision.result() == OLD
                    && decision.stack().modules().getFirst().lsm().name().equals("first");
            boolean isNew = decision.result() == NEW
                    && decision.stack().modules().getFirst().lsm().name().equals("second");
            if (!isOld && !isNew) {
                wrong.incrementAndGet();
            }
            mine++;
        }
        decided.addAndGet(mine);
        return mine;
    }

    private static void awaitSeen(CandidateStack candidate) throws InterruptedException {
        long deadline = System.nanoTime() + Gate.AT_MOST.toNanos();
        while (candidate.report().seen() == 0) {
            assertThat(System.nanoTime()).as("the candidate sees nothing").isLessThan(deadline);
            Thread.sleep(1);
        }
    }

    @Test
    void noDecisionIsWrong() throws Exception {
        stack.add(Policy.named("first", () -> OLD), 1);
        stack.add(Policy.named("second", () -> NEW), 0);
        List<Gate.Elsewhere<Long>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Gate.Elsewhere.run(this::decide));
        }
        CandidatePlan plan = new CandidatePlan(Optional.of(List.of("second")), Set.of("first"), Map.of(), Map.of());
        long seen = 0;
        for (int i = 0; i < ROUNDS; i++) {
            CandidateStack candidate = operator.startCandidate(plan);
            awaitSeen(candidate);
            if (i % 2 == 0) {
                candidate.drop("dropped");
            } else {
                candidate.promote();
                Thread.sleep(1);
                candidate.revert();
            }
            CandidateReport report = candidate.report();
            assertThat(report.newlyAllowed() + report.newlyDenied()).isZero();
            seen += report.seen();
        }
        over.set(true);
        long all = threads.stream().mapToLong(Gate.Elsewhere::get).sum();
        assertThat(wrong).hasValue(0);
        assertThat(decided).hasValue(all);
        assertThat(seen).isPositive();
        assertThat(stack.names()).containsExactly("first", "second");
    }
}
