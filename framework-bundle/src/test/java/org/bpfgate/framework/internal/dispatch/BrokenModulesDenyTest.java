package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.junit.jupiter.api.Test;

/** A module that breaks its contract never lets a program in. */
class BrokenModulesDenyTest {
    private static final IntegrityReport OK = IntegrityReport.of(IntegrityVerdict.OK, "as a test wants it");

    private final TestStack stack = new TestStack();

    private LoadDecision loadWith(SecurityModule... modules) {
        for (SecurityModule module : modules) {
            stack.add(module, 0);
        }
        return stack.hooks.bpfProgLoad(TestStack.load());
    }

    /** A verifier that does as it is told. */
    private record Verifier(String name, BpfProgLoadIntegrityHookBody body) implements BpfProgLoadIntegrityHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named(name);
        }

        @Override
        public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
            return body.run(reporter);
        }
    }

    private interface BpfProgLoadIntegrityHookBody {
        HookResult run(IntegrityReporter reporter);
    }

    /** A policy that fails fast. */
    private record FailFast() implements org.bpfgate.hook.BpfProgLoadPostIntegrityHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("failfast");
        }

        @Override
        public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
            return HookResult.deny(Errno.EACCES, "refused at once");
        }
    }

    @Test
    void oneThatThrowsDeniesWithEfaultAndIsNamed() {
        LoadDecision decision = loadWith(new Verifier("broken", reporter -> {
            throw new IllegalStateException("boom");
        }));
        assertThat(decision.result().errno()).contains(Errno.EFAULT);
        assertThat(decision.result().reason()).contains("broken").contains("boom");
        assertThat(decision.deniedBy()).contains(LsmId.named("broken"));
    }

    @Test
    void oneThatCannotBeLinkedDeniesWithEfault() {
        LoadDecision decision = loadWith(new Verifier("broken", reporter -> {
            throw new NoClassDefFoundError("gone");
        }));
        assertThat(decision.result().errno()).contains(Errno.EFAULT);
    }

    @Test
    @SuppressWarnings("NullAway") // The point of this test.
    void oneThatReturnsNullDeniesWithEfault() {
        assertThat(loadWith(new Verifier("broken", reporter -> null)).result().errno())
                .contains(Errno.EFAULT);
    }

    @Test
    void oneThatReportsTwiceDeniesWithEinval() {
        LoadDecision decision = loadWith(new Verifier("chatty", reporter -> {
            reporter.bpfProgLoadPostIntegrity(OK);
            reporter.bpfProgLoadPostIntegrity(OK);
            return HookResult.ALLOW;
        }));
        assertThat(decision.result().errno()).contains(Errno.EINVAL);
        assertThat(decision.reports()).hasSize(1);
    }

    @Test
    void oneThatReportsInAnothersTurnDoesNotReachThePolicies() {
        List<IntegrityReporter> kept = new ArrayList<>();
        LoadDecision decision = loadWith(
                new Verifier("keeper", reporter -> {
                    kept.add(reporter);
                    return HookResult.ALLOW;
                }),
                new Verifier("other", reporter -> {
                    kept.getFirst().bpfProgLoadPostIntegrity(OK);
                    return HookResult.ALLOW;
                }));
        assertThat(decision.result().errno()).contains(Errno.EINVAL);
        assertThat(decision.deniedBy()).contains(LsmId.named("keeper"));
        assertThat(decision.reports()).isEmpty();
    }

    @Test
    void aVerifierCannotSwallowAPolicysRefusal() {
        LoadDecision decision = loadWith(
                new Verifier("deaf", reporter -> {
                    reporter.bpfProgLoadPostIntegrity(OK);
                    return HookResult.ALLOW;
                }),
                new FailFast());
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.deniedBy()).contains(LsmId.named("failfast"));
    }

    @Test
    void oneThatThrowsInFreeDoesNotKeepTheOthersFromFreeing() {
        List<String> freed = new ArrayList<>();
        record Free(String name, Runnable body) implements BpfProgFreeHook, BpfProgLoadHook {
            @Override
            public LsmId lsmId() {
                return LsmId.named(name);
            }

            @Override
            public HookResult bpfProgLoad(ProgramLoad load) {
                return HookResult.deny(Errno.EPERM, "so that it is freed");
            }

            @Override
            public void bpfProgFree(BpfProgram program) {
                body.run();
            }
        }
        loadWith(
                new Free("broken", () -> {
                    throw new IllegalStateException("boom");
                }),
                new Free("fine", () -> freed.add("fine")));
        assertThat(freed).containsExactly("fine");
    }
}
