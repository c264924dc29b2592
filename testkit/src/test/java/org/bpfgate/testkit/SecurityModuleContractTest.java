package org.bpfgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfProgLoadIntegrityHook;
import org.bpfgate.hook.BpfProgLoadPostIntegrityHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.IntegrityReporter;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract accepts modules that keep it, and names the rule that another one breaks. */
class SecurityModuleContractTest {
    private static final IntegrityReport OK = IntegrityReport.of(IntegrityVerdict.OK, "a test wants it so");

    /** A verifier as a piece of code. */
    private interface Verify extends BpfProgLoadIntegrityHook {
        @Override
        default LsmId lsmId() {
            return LsmId.named("mine");
        }
    }

    /** Contracts of nested classes are found by nobody but the tests here. */
    static final class OfAGoodVerifier extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> reporter.bpfProgLoadPostIntegrity(OK);
        }
    }

    static final class OfAGoodPolicy extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return new CountingPolicy();
        }
    }

    static final class OfASilentVerifier extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> HookResult.ALLOW;
        }
    }

    static final class OfAVerifierForSomeTypes extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) ->
                    load.program().type() == ProgramType.XDP ? reporter.bpfProgLoadPostIntegrity(OK) : HookResult.ALLOW;
        }

        @Override
        protected boolean reportsOnEveryLoad() {
            return false;
        }
    }

    static final class OfAVerifierThatReportsTwice extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> {
                reporter.bpfProgLoadPostIntegrity(OK);
                return reporter.bpfProgLoadPostIntegrity(OK);
            };
        }
    }

    static final class OfAVerifierThatDenies extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> {
                reporter.bpfProgLoadPostIntegrity(OK);
                return HookResult.deny(Errno.EACCES, "a verifier's own denial");
            };
        }
    }

    static final class OfAVerifierThatForgetsTheDenial extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> {
                reporter.bpfProgLoadPostIntegrity(OK);
                return HookResult.ALLOW;
            };
        }
    }

    static final class OfAVerifierThatThrowsOnNoName extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> {
                char first = load.program().name().charAt(0);
                return reporter.bpfProgLoadPostIntegrity(OK.withCode("begins-with-" + first));
            };
        }
    }

    static final class OfAVerifierThatChangesItsMind extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            AtomicInteger calls = new AtomicInteger();
            return (Verify) (load, reporter) ->
                    reporter.bpfProgLoadPostIntegrity(calls.getAndIncrement() % 2 == 0 ? OK : OK.withCode("again"));
        }
    }

    static final class OfAVerifierThatNeverReturns extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) -> {
                try {
                    Thread.sleep(Duration.ofMinutes(10));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return reporter.bpfProgLoadPostIntegrity(OK);
            };
        }

        @Override
        protected Duration longestCall() {
            return Duration.ofMillis(1);
        }
    }

    static final class OfANullPolicy extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return new CountingPolicy() {
                @Override
                @SuppressWarnings("NullAway") // The fault that is tested for.
                public HookResult bpfProgLoad(ProgramLoad load) {
                    return null;
                }
            };
        }
    }

    static final class OfAModuleWithTwoNames extends SecurityModuleContract {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        protected SecurityModule newModule() {
            return new Verify() {
                @Override
                public LsmId lsmId() {
                    return LsmId.named("name" + calls.incrementAndGet());
                }

                @Override
                public HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter) {
                    return reporter.bpfProgLoadPostIntegrity(OK);
                }
            };
        }
    }

    static final class OfAModuleWithTwoBlobs extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return new CountingPolicy() {
                @Override
                public Optional<BlobType<?>> mapBlob() {
                    return Optional.of(BlobType.of(StringBuilder.class, StringBuilder::new));
                }
            };
        }
    }

    static final class OfAVerifierWithALoadOfItsOwn extends SecurityModuleContract {
        @Override
        protected SecurityModule newModule() {
            return (Verify) (load, reporter) ->
                    load.program().name().equals("mine") ? HookResult.ALLOW : reporter.bpfProgLoadPostIntegrity(OK);
        }

        @Override
        protected Map<String, Supplier<ProgramLoad>> furtherLoads() {
            return Map.of("mine", () -> LoadBuilder.load().name("mine").build());
        }
    }

    /** Keeps how many callbacks it had for a program, and refuses what somebody says BADSIG of. */
    static class CountingPolicy implements BpfProgLoadPostIntegrityHook, BpfProgLoadHook, BpfProgFreeHook {
        private final BlobType<AtomicInteger> calls = BlobType.of(AtomicInteger.class, AtomicInteger::new);

        @Override
        public LsmId lsmId() {
            return LsmId.named("counting");
        }

        @Override
        public Optional<BlobType<?>> programBlob() {
            return Optional.of(calls);
        }

        @Override
        public HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report) {
            load.program().blob(calls).incrementAndGet();
            return report.verdict() == IntegrityVerdict.BADSIG
                    ? HookResult.deny(Errno.EACCES, "a bad signature")
                    : HookResult.ALLOW;
        }

        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            return load.program().blob(calls).incrementAndGet() > 0
                    ? HookResult.ALLOW
                    : HookResult.deny(Errno.EACCES, "never");
        }

        @Override
        public void bpfProgFree(BpfProgram program) {
            program.blob(calls).set(-1);
        }
    }

    @Test
    void modulesThatKeepItPassAndEveryRuleIsTriedOnEveryLoad() {
        int loads = OddLoad.values().length + ProgramType.values().length;
        assertThat(passed(OfAGoodVerifier.class)).isEqualTo(6L * loads + 3);
        assertThat(passed(OfAGoodPolicy.class)).isEqualTo(3L * loads + 3);
        assertThat(passed(OfAVerifierForSomeTypes.class)).isEqualTo(6L * loads + 3);
    }

    @Test
    void theRuleThatIsBrokenIsNamed() {
        assertThat(brokenBy(OfASilentVerifier.class)).containsExactly("theVerifierReportsOneVerdict");
        assertThat(brokenBy(OfAVerifierWithALoadOfItsOwn.class)).containsExactly("theVerifierReportsOneVerdict");
        assertThat(brokenBy(OfAVerifierThatReportsTwice.class))
                .contains("theVerifierReportsOneVerdict", "everyLoadIsAnsweredWithoutAFault");
        assertThat(brokenBy(OfAVerifierThatDenies.class))
                .containsExactly("theVerifierDeniesNothing", "theVerifierReturnsWhatItsReportReturned");
        assertThat(brokenBy(OfAVerifierThatForgetsTheDenial.class))
                .containsExactly("theVerifierReturnsWhatItsReportReturned");
        assertThat(brokenBy(OfAVerifierThatThrowsOnNoName.class))
                .contains("everyLoadIsAnsweredWithoutAFault", "theVerifierReportsOneVerdict");
        assertThat(brokenBy(OfAVerifierThatChangesItsMind.class)).contains("equalLoadsGetEqualAnswers");
        assertThat(brokenBy(OfANullPolicy.class)).contains("everyLoadIsAnsweredWithoutAFault");
        assertThat(brokenBy(OfAModuleWithTwoNames.class)).contains("isTheSameModuleEachTime");
        assertThat(brokenBy(OfAModuleWithTwoBlobs.class)).containsExactly("isTheSameModuleEachTime");
    }

    @Test
    void aModuleThatNeverReturnsFailsInsteadOfHanging() {
        assertThat(brokenBy(OfAVerifierThatNeverReturns.class))
                .contains("everyLoadIsAnsweredWithoutAFault", "severalThreadsGetTheAnswersOfOne");
    }

    private static long passed(Class<?> contract) {
        Events events = run(contract);
        assertThat(events.failed().count()).as("failures of %s", contract).isZero();
        return events.succeeded().count();
    }

    private static Set<String> brokenBy(Class<?> contract) {
        Set<String> rules = new TreeSet<>();
        run(contract).failed().stream().forEach(event -> {
            var id = event.getTestDescriptor().getUniqueId().getSegments();
            boolean inContainer = id.get(id.size() - 2).getType().equals("dynamic-container");
            rules.add(
                    inContainer
                            ? event.getTestDescriptor()
                                    .getParent()
                                    .orElseThrow()
                                    .getDisplayName()
                            : event.getTestDescriptor().getDisplayName());
        });
        return rules;
    }

    private static Events run(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
    }
}
