package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.bpfgate.itests.Churn;
import org.bpfgate.itests.DecidingThreads;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.ModuleJar;
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

/**
 * While modules are updated, restarted, re-ranked and replaced, every load is decided by all required modules of one
 * generation, as a stack that stands still decides it. The system property {@code bpfgate.churn.seconds} says for how long.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NoLoadIsLostOrWeakenedWhileModulesChangeIT {
    private static final int THREADS = 8;
    private static final Set<String> REQUIRED = Set.of("even", "gate", "ipe");

    private static final List<ModuleJar> MODULES = List.of(
            ModuleJar.verifier("even", 350),
            ModuleJar.verifier("extra", 250),
            ModuleJar.policy("gate", 150),
            ModuleJar.policy("second", 50));

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private StackAdmin admin;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                frameworkProperty("lsm.required").value(String.join(",", REQUIRED)),
                frameworkProperty("lsm.hold").value("30000"));
    }

    @Test
    public void decisionsStayWhatTheyWere() throws Exception {
        DecidingThreads deciding =
                new DecidingThreads(context, hooks, REQUIRED, Set.of("even", "extra"), Set.of("gate", "second"));
        Churn churn = new Churn(
                context, admin, MODULES, List.of("integrity-sig-bundle", "integrity-hash-bundle", "ipe-policy-bundle"));
        long first = hooks.stack().generation();
        try (deciding) {
            deciding.start(THREADS);
            churn.run(Duration.ofSeconds(seconds()));
        }
        report(deciding, churn, hooks.stack().generation() - first);
        assertThat(deciding.faults).isEmpty();
        assertThat(deciding.faultCount.sum()).isZero();
        assertThat(deciding.decisions.sum()).isGreaterThan(THREADS * (long) churn.total());
        assertThat(churn.counts()).containsOnlyKeys(Churn.Change.values());
    }

    private static int seconds() {
        return Integer.getInteger("bpfgate.churn.seconds", 10);
    }

    private static void report(DecidingThreads deciding, Churn churn, long generations) {
        System.out.println("churn: " + deciding.decisions + " decisions, " + deciding.allowed + " allowed, "
                + churn.total() + " changes " + churn.counts() + ", " + generations + " generations, longest decision "
                + Duration.ofNanos(deciding.longestNanos.get()).toMillis() + " ms, faults " + deciding.faultCount);
    }
}
