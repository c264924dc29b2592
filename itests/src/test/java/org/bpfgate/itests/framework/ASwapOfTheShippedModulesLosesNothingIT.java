package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.ModuleSwaps;
import org.bpfgate.itests.SignedAndListedPrograms;
import org.bpfgate.itests.SignedAndListedPrograms.Kind;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * While the bundles of the shipped modules are updated, restarted and replaced, and while Configuration Admin hands them their
 * settings again and with other rankings and modes, every signed and every listed program is let in, and no other one: not the
 * unlisted, not one that somebody else signed, not one that is signed well and revoked. The system property
 * {@code bpfgate.churn.seconds} says for how long modules change.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ASwapOfTheShippedModulesLosesNothingIT {
    private static final int THREADS = 8;
    private static final int FAULTS_SHOWN = 10;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private StackAdmin admin;

    @Inject
    private ConfigurationAdmin configurations;

    private final LongAdder decisions = new LongAdder();
    private final LongAdder allowed = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder undecided = new LongAdder();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private SignedAndListedPrograms programs;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                Gate.signers(),
                Gate.configurationAdmin(),
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
    }

    @Test
    public void signedAndListedProgramsAreLetInAndNoOthers() throws Exception {
        configureFramework(Map.of("lsm.required", "hornet,allowlist,ipe", "lsm.hold", "30000"));
        try (ModuleSwaps swaps =
                new ModuleSwaps(context, hooks, admin, configurations, SignedAndListedPrograms.settings())) {
            programs = new SignedAndListedPrograms(context);
            List<Thread> threads = startDeciding();
            try {
                swaps.run(Duration.ofSeconds(Integer.getInteger("bpfgate.churn.seconds", 10)));
                report(swaps);
            } finally {
                over = true;
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            assertThat(faults).isEmpty();
            assertThat(wrong.sum()).isZero();
            assertThat(undecided.sum()).isZero();
            assertThat(decisions.sum()).isGreaterThan(THREADS * (long) swaps.total());
            assertThat(swaps.counts()).containsOnlyKeys(ModuleSwaps.Change.values());
        }
    }

    private void configureFramework(Map<String, Object> settings) throws IOException {
        configurations.getConfiguration("org.bpfgate.framework", "?").update(FrameworkUtil.asDictionary(settings));
    }

    private List<Thread> startDeciding() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::decideUntilOver, "deciding-" + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void decideUntilOver() {
        while (!over) {
            for (Kind kind : Kind.values()) {
                try {
                    decide(kind);
                } catch (RuntimeException | Error e) {
                    undecided.increment();
                    fault(kind + " threw " + e);
                }
            }
        }
    }

    private void decide(Kind kind) {
        ProgramLoad load = programs.load(kind);
        LoadDecision decision = hooks.bpfProgLoad(load);
        if (decision.isAllow()) {
            hooks.bpfProgFree(load.program());
        }
        decisions.increment();
        if (decision.isAllow()) {
            allowed.increment();
        }
        if (decision.isAllow() != kind.allowed) {
            wrong.increment();
            fault(kind + ": " + decision.result() + ", " + decision.reports());
        } else if (!decision.isAllow() && decision.deniedBy().isEmpty()) {
            undecided.increment();
            fault(kind + " was not decided: " + decision.result());
        }
    }

    private void fault(String what) {
        if (faults.size() < FAULTS_SHOWN) {
            faults.add(what);
        }
    }

    private void report(ModuleSwaps swaps) {
        System.out.println("swaps: " + decisions + " decisions, " + allowed + " allowed, "
                + (decisions.sum() - allowed.sum()) + " denied, " + wrong + " wrong, " + undecided + " undecided, "
                + swaps.total() + " changes " + swaps.counts());
    }
}
