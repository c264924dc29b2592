package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.CandidatePlan;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateReport.Example;
import org.bpfgate.stack.CandidateReport.Kind;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

/** A candidate sees what the live stack decided, counts exactly in what it differs, and nobody but its operator notices. */
class ACandidateIsComparedAndChangesNothingTest {
    private static final long AT_MOST = Gate.AT_MOST.toMillis();
    private static final HookResult NO = HookResult.deny(Errno.EPERM, "the live policy says no");
    private static final HookResult CANDIDATE_NO = HookResult.deny(Errno.EPERM, "the candidate says no");

    private final TestStack stack = new TestStack();
    private final StackOperator operator =
            new StackOperator(stack.registry, stack.drain, StackOperator.ARRIVAL, stack.hooks.candidates());

    /** Decides by the number that a load has in its program's name. */
    private record ByNumber(LsmId lsmId, Predicate<Integer> allows, HookResult denial) implements BpfProgLoadHook {
        static ByNumber policy(Predicate<Integer> allows, HookResult denial) {
            return new ByNumber(LsmId.named("policy"), allows, denial);
        }

        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            return allows.test(number(load)) ? HookResult.ALLOW : denial;
        }
    }

    private static int number(ProgramLoad load) {
        return Integer.parseInt(load.program().name());
    }

    private static ProgramLoad load(int number) {
        return ProgramLoad.of(new BpfProgram(
                Integer.toString(number), ProgramType.XDP, Instructions.of(new byte[] {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0
                })));
    }

    private static CandidatePlan instead(SecurityModule module) {
        return new CandidatePlan(
                Optional.empty(), Set.of(), Map.of(module.lsmId().name(), module), Map.of());
    }

    private static CandidatePlan without(String name) {
        return new CandidatePlan(Optional.empty(), Set.of(name), Map.of(), Map.of());
    }

    private CandidateStack start(SecurityModule module) throws Exception {
        return operator.startCandidate(instead(module));
    }

    private CandidateReport after(CandidateStack candidate) throws InterruptedException {
        assertThat(candidate.await(AT_MOST)).isTrue();
        return candidate.report();
    }

    @Test
    void tenThousandLoadsWithKnownDifferencesGiveExactlyTheirCounts() throws Exception {
        stack.add(ByNumber.policy(n -> n % 2 == 0, NO), 0);
        // Of 10,000: 5,000 even ones are allowed. The candidate allows multiples of 4 and of 5.
        CandidateStack candidate = start(ByNumber.policy(n -> n % 4 == 0 || n % 5 == 0, CANDIDATE_NO));
        for (int i = 0; i < 10_000; i++) {
            assertThat(stack.hooks.bpfProgLoad(load(i)).isAllow()).isEqualTo(i % 2 == 0);
            if (i % 1_000 == 999) {
                after(candidate);
            }
        }
        CandidateReport report = after(candidate);
        assertThat(report.ended()).isEmpty();
        assertThat(report.seen()).isEqualTo(10_000);
        assertThat(report.skipped()).isZero();
        assertThat(report.waiting()).isZero();
        // Odd multiples of 5; even ones that are multiples of neither 4 nor 5.
        assertThat(report.newlyAllowed()).isEqualTo(1_000);
        assertThat(report.newlyDenied()).isEqualTo(2_000);
        assertThat(report.alike()).isEqualTo(7_000);
        // Odd ones that are no multiples of 5.
        assertThat(report.deniedByBoth()).isEqualTo(4_000);
        assertThat(report.failed()).isZero();
        assertThat(report.types()).containsExactly("xdp");
    }

    @Test
    void aFailureIsNoAgreementWithADenial() throws Exception {
        stack.add(ByNumber.policy(n -> false, NO), 0);
        CandidateStack candidate = start(Policy.named("policy", () -> {
            throw new IllegalStateException("boom");
        }));
        for (int i = 0; i < 10; i++) {
            assertThat(stack.hooks.bpfProgLoad(load(i)).isAllow()).isFalse();
        }
        CandidateReport report = after(candidate);
        assertThat(report.alike()).isZero();
        assertThat(report.failed()).isEqualTo(10);
        assertThat(report.examples()).hasSize(5).allSatisfy(each -> {
            assertThat(each.kind()).isEqualTo(Kind.FAILED);
            assertThat(each.candidate()).contains("boom");
        });
    }

    @Test
    void examplesHaveTheReasonsOfBoth() throws Exception {
        stack.add(ByNumber.policy(n -> n != 1, NO), 0);
        CandidateStack candidate = start(ByNumber.policy(n -> n == 1, CANDIDATE_NO));
        for (int i = 1; i < 20; i++) {
            stack.hooks.bpfProgLoad(load(i));
        }
        List<Example> examples = after(candidate).examples();
        Example allowed = examples.getFirst();
        assertThat(allowed.kind()).isEqualTo(Kind.NEWLY_ALLOWED);
        assertThat(allowed.program()).isEqualTo("1");
        assertThat(allowed.live()).isEqualTo(NO.reason());
        assertThat(allowed.candidate()).isEqualTo("allows it");
        assertThat(allowed.digest()).startsWith("sha256:");
        assertThat(examples.stream().filter(each -> each.kind() == Kind.NEWLY_DENIED))
                .hasSize(5)
                .allSatisfy(each -> assertThat(each.candidate()).isEqualTo(CANDIDATE_NO.reason()));
    }

    @Test
    void nobodyHearsOfWhatItDecides() throws Exception {
        List<LoadDecision> heard = new ArrayList<>();
        stack.listeners.add((load, decision) -> heard.add(decision));
        stack.add(ByNumber.policy(n -> true, NO), 0);
        CandidateStack candidate = start(Policy.named("policy", () -> {
            throw new IllegalStateException("boom");
        }));
        for (int i = 0; i < 10; i++) {
            assertThat(stack.hooks.bpfProgLoad(load(i)).isAllow()).isTrue();
        }
        CandidateReport report = after(candidate);
        assertThat(report.failed()).isEqualTo(10);
        assertThat(report.compared()).isZero();
        assertThat(report.ended()).isEmpty();
        assertThat(heard).hasSize(10).allMatch(LoadDecision::isAllow);
        assertThat(stack.audit.records).isEmpty();
        assertThat(operator.health().getFirst().faultsInARow()).isZero();
        assertThat(candidate.report().examples().getFirst().candidate()).contains("boom");
    }

    @Test
    void oneThatIsNotAsFastSkipsAndDelaysNothing() throws Exception {
        Gate gate = new Gate();
        stack.add(Policy.allowing("policy"), 0);
        CandidateStack candidate = start(Policy.doing("policy", gate::pass));
        int loads = 3_000;
        for (int i = 0; i < loads; i++) {
            assertThat(stack.hooks.bpfProgLoad(load(i)).isAllow()).isTrue();
        }
        CandidateReport before = candidate.report();
        assertThat(before.seen()).isEqualTo(loads);
        assertThat(before.skipped()).isPositive();
        gate.open();
        CandidateReport report = after(candidate);
        assertThat(report.alike() + report.skipped()).isEqualTo(loads);
        assertThat(report.alike()).isBetween(1_024L, 1_025L);
    }

    @Test
    void oneThatHangsEndsWithTheReason() throws Exception {
        long budget = 1_000_000;
        Gate gate = new Gate();
        stack.add(Policy.allowing("policy"), 0);
        CandidateStack candidate = start(Policy.doing("policy", gate::pass));
        stack.hooks.bpfProgLoad(load(1));
        gate.awaitVisitor();
        Watchdog watchdog = new Watchdog(
                stack.inFlight, () -> stack.registry.configuration().callbackBudget());
        watchdog.look(0, budget);
        watchdog.look(budget, budget);
        assertThat(candidate.report().ended()).isEqualTo("module policy did not return within 1 ms");
        assertThat(candidate.report().skipped() + candidate.report().waiting()).isEqualTo(1);
        assertThat(stack.hooks.bpfProgLoad(load(2)).isAllow()).isTrue();
        assertThat(candidate.report().seen()).isEqualTo(1);
        gate.open();
    }

    @Test
    void aChangeOfTheLiveStackEndsIt() throws Exception {
        stack.add(Policy.allowing("policy"), 0);
        CandidateStack candidate = start(Policy.named("policy", () -> CANDIDATE_NO));
        stack.add(Policy.allowing("other"), 0);
        assertThat(candidate.report().ended()).startsWith("the live stack changed");
        assertThatIllegalStateException().isThrownBy(candidate::promote).withMessageContaining("ended");
        assertThat(stack.hooks.bpfProgLoad(load(1)).isAllow()).isTrue();
        assertThat(candidate.report().seen()).isZero();
    }

    @Test
    void aModuleThatLeavesWaitsForTheCandidateToo() throws Exception {
        Gate gate = new Gate();
        AtomicBoolean inCandidate = new AtomicBoolean();
        var shared = stack.add(
                Policy.doing("shared", () -> {
                    if (Thread.currentThread().getName().equals("bpfgate-candidate")) {
                        inCandidate.set(true);
                        gate.pass();
                    }
                }),
                0);
        stack.add(Policy.allowing("policy"), 0);
        operator.startCandidate(without("policy"));
        stack.hooks.bpfProgLoad(load(1));
        gate.awaitVisitor();
        Gate.Elsewhere<Boolean> removal = Gate.Elsewhere.run(() -> {
            stack.remove(shared);
            return true;
        });
        while (!removal.isWaiting()) {
            Thread.onSpinWait();
        }
        assertThat(removal.isDone()).isFalse();
        gate.open();
        assertThat(removal.get()).isTrue();
        assertThat(inCandidate).isTrue();
    }

    @Test
    void promotionIsOneGenerationAndSettlesToTheModuleItself() throws Exception {
        AtomicBoolean follows = new AtomicBoolean();
        stack.add(Policy.named("policy", () -> follows.get() ? CANDIDATE_NO : HookResult.ALLOW), 0);
        CandidateStack candidate = start(Policy.named("policy", () -> CANDIDATE_NO));
        long before = stack.hooks.stack().generation();
        candidate.promote();
        assertThat(stack.hooks.stack().generation()).isEqualTo(before + 1);
        assertThat(stack.hooks.bpfProgLoad(load(1)).result()).isEqualTo(CANDIDATE_NO);
        assertThat(candidate.report().ended()).isEqualTo("promoted");
        follows.set(true);
        candidate.settle();
        assertThat(stack.hooks.stack().generation()).isEqualTo(before + 2);
        assertThat(stack.hooks.bpfProgLoad(load(1)).result()).isEqualTo(CANDIDATE_NO);
        candidate.revert();
        assertThat(stack.hooks.stack().generation()).isEqualTo(before + 2);
    }

    @Test
    void aPromotionCanBeUndone() throws Exception {
        stack.add(Policy.allowing("first"), 1);
        stack.add(Policy.allowing("second"), 0);
        stack.add(Policy.allowing("third"), -1);
        CandidateStack candidate = operator.startCandidate(
                new CandidatePlan(Optional.of(List.of("third")), Set.of("second"), Map.of(), Map.of()));
        assertThat(stack.names()).containsExactly("first", "second", "third");
        candidate.promote();
        assertThat(stack.names()).containsExactly("third", "first");
        candidate.revert();
        assertThat(stack.names()).containsExactly("first", "second", "third");
    }

    @Test
    void thereIsOneAtATime() throws Exception {
        stack.add(Policy.allowing("policy"), 0);
        CandidateStack first = start(Policy.allowing("policy"));
        assertThatIllegalStateException()
                .isThrownBy(() -> start(Policy.allowing("policy")))
                .withMessageContaining("runs already");
        first.drop("dropped");
        assertThat(first.report().ended()).isEqualTo("dropped");
        CandidateStack second = start(Policy.allowing("policy"));
        assertThat(operator.candidate()).contains(second);
        second.drop("dropped");
    }

    @Test
    void oneThatLeavesARequiredModuleOutDoesNotStart() {
        stack.add(Policy.allowing("policy"), 0);
        stack.configure(List.of(), List.of("policy"), Gate.AT_MOST, Gate.AT_MOST, Gate.AT_MOST);
        assertThatIllegalStateException()
                .isThrownBy(() -> operator.startCandidate(without("policy")))
                .withMessageContaining("policy is required");
        assertThatIllegalStateException()
                .isThrownBy(() -> operator.startCandidate(without("nobody")))
                .withMessageContaining("there is no module nobody");
        assertThat(operator.candidate()).isEmpty();
    }

    /** A client that is gone after the answer. */
    private static final class Leaving implements LoadClient {
        private final AtomicBoolean gone;

        Leaving(AtomicBoolean gone) {
            this.gone = gone;
        }

        @Override
        public int pid() {
            return 7;
        }

        @Override
        public int tid() {
            return 7;
        }

        @Override
        public long uid() {
            return 0;
        }

        @Override
        public String comm() {
            return "agent";
        }

        private Optional<String> still(String value) {
            return gone.get() ? Optional.empty() : Optional.of(value);
        }

        @Override
        public Optional<String> executable() {
            return still("/usr/bin/agent");
        }

        @Override
        public Optional<String> executableSha256() {
            return still("00");
        }

        @Override
        public Optional<String> unit() {
            return still("agent.service");
        }
    }

    /** Decides on the candidate's thread when the client is gone. */
    private CandidateReport asks(Function<LoadClient, Optional<String>> question, int loads) throws Exception {
        AtomicLong at = new AtomicLong();
        stack.add(Policy.allowing("policy"), 0);
        Gate gate = new Gate();
        CandidateStack candidate = start(new BpfProgLoadHook() {
            @Override
            public LsmId lsmId() {
                return LsmId.named("policy");
            }

            @Override
            public HookResult bpfProgLoad(ProgramLoad load) {
                gate.pass();
                at.incrementAndGet();
                return question.apply(load.client().orElseThrow()).isPresent() ? HookResult.ALLOW : CANDIDATE_NO;
            }
        });
        for (int i = 0; i < loads; i++) {
            AtomicBoolean gone = new AtomicBoolean();
            stack.hooks.bpfProgLoad(load(i).withClient(new Leaving(gone)));
            gone.set(true);
            gate.open();
            after(candidate);
        }
        assertThat(at).hasValue(loads);
        return candidate.report();
    }

    @Test
    void itKnowsTheClientThatIsGone() throws Exception {
        assertThat(asks(LoadClient::unit, 3).alike()).isEqualTo(3);
    }

    @Test
    void whatCostsMuchIsKeptFromTheSecondLoadOn() throws Exception {
        CandidateReport report = asks(LoadClient::executableSha256, 3);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.alike()).isEqualTo(2);
    }
}
