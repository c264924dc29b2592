package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.itests.FrameworkLog;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.itests.TestModules;
import org.bpfgate.itests.kernel.HangingLoads;
import org.bpfgate.stack.DecisionListener;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A module that hangs costs the load that hangs in it, and nobody else anything. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HangingModulesDoNotPinTheGateIT {
    private static final long BUDGET_MILLIS = 200;
    private static final long DRAIN_MILLIS = 500;

    /** Well below this on an idle machine; far below what a hang would take. */
    private static final long SOON_MILLIS = 20_000;

    private static final int OTHERS = 4;
    private static final int LOADS_EACH = 1_000;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private StackAdmin admin;

    private final FrameworkLog log = new FrameworkLog();
    private final Queue<LoadDecision> heard = new ConcurrentLinkedQueue<>();
    private HangingLoads hanging;
    private Bundle even;
    private Bundle gate;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                // Each test brings its own policy and takes it away again.
                frameworkProperty("lsm.required").value("none"),
                frameworkProperty("lsm.budget.callback").value(Long.toString(BUDGET_MILLIS)),
                frameworkProperty("lsm.budget.drain").value(Long.toString(DRAIN_MILLIS)));
    }

    @Before
    public void startModules() throws Exception {
        hanging = new HangingLoads(context, hooks);
        even = ModuleJar.verifier("even", 2).install(context, 1);
        gate = ModuleJar.policy("gate", 1).install(context, 1);
        even.start();
        gate.start();
    }

    @After
    public void endModules() throws Exception {
        hanging.close();
        gate.uninstall();
        even.uninstall();
        log.close();
    }

    @Test(timeout = 60_000)
    public void theClientIsAnsweredWhenTheTimeIsUp() throws Exception {
        DecisionListener listener = (load, decision) -> heard.add(decision);
        ServiceRegistration<?> listening = context.registerService(DecisionListener.class, listener, null);
        HangingLoads.Hanging load = hanging.beginIn("gate");
        HookResult answer = load.answer().get(SOON_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(millisSince(load.sinceNanos())).isGreaterThanOrEqualTo(BUDGET_MILLIS);
        assertThat(answer.errno()).contains(Errno.ETIMEDOUT);
        assertThat(answer.reason()).isEqualTo("module gate did not return within 200 ms");
        load.thread().interrupt();
        assertThat(load.decision()).as("the callback is deaf").isNotDone();

        hanging.letGo();
        assertThat(load.decision().get().result()).isSameAs(answer);
        assertThat(load.decision().get().deniedBy()).hasToString("Optional[gate]");
        assertThat(heard).containsExactly(load.decision().get());
        assertThat(log.messages()).containsExactly(answer.reason() + "; what it was asked for is denied");
        listening.unregister();
    }

    @Test(timeout = 60_000)
    public void otherThreadsGoOnDecidingThroughTheSameModule() throws Exception {
        HangingLoads.Hanging load = hanging.beginIn("gate");
        List<CompletableFuture<Long>> others = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            others.add(CompletableFuture.supplyAsync(this::decideRightly, task -> new Thread(task).start()));
        }
        for (CompletableFuture<Long> other : others) {
            assertThat(other.get(SOON_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(LOADS_EACH);
        }
        assertThat(load.decision()).as("hangs all the time").isNotDone();
    }

    /** Counts the decisions that are as expected. */
    private long decideRightly() {
        long right = 0;
        for (int i = 0; i < LOADS_EACH; i++) {
            boolean expected = i % 2 == 0;
            LoadDecision decision = hooks.bpfProgLoad(expected ? Loads.even() : Loads.odd());
            right += decision.isAllow() == expected ? 1 : 0;
        }
        return right;
    }

    @Test(timeout = 60_000)
    public void theThirdOverrunInARowMakesTheModuleUnhealthy() throws Exception {
        for (int overruns = 1; overruns <= StackAdmin.ModuleHealth.UNHEALTHY; overruns++) {
            assertThat(health().isHealthy()).isTrue();
            hanging.beginIn("even").answer().get(SOON_MILLIS, TimeUnit.MILLISECONDS);
            awaitFaults(overruns);
            assertThat(health().faultsInARow()).isEqualTo(overruns);
        }
        assertThat(health().isHealthy()).isFalse();
        // The first fault and the end of its health: those between them are not logged.
        awaitLines(2);
        assertThat(health().lastFault()).isEqualTo("did not return within 200 ms");
        assertThat(hooks.bpfProgLoad(Loads.even()).isAllow()).isTrue();
        assertThat(health().isHealthy()).as("it decided again").isTrue();
    }

    private StackAdmin.ModuleHealth health() {
        return admin.health().stream()
                .filter(health -> health.lsm().name().equals("even"))
                .findFirst()
                .orElseThrow();
    }

    /** An overrun is counted right after the client was answered, by the same thread. */
    private void awaitFaults(int count) {
        while (health().faultsInARow() < count) {
            Thread.onSpinWait();
        }
    }

    private void awaitLines(int count) {
        while (log.messages().size() < count) {
            Thread.onSpinWait();
        }
    }

    @Test(timeout = 60_000)
    public void itsBundleStopsWithinTheDrainBudgetHoweverManyHang() throws Exception {
        List<HangingLoads.Hanging> loads =
                List.of(hanging.beginIn("gate"), hanging.beginIn("gate"), hanging.beginIn("gate"));
        long before = System.nanoTime();
        gate.stop();
        assertThat(millisSince(before)).isBetween(DRAIN_MILLIS, SOON_MILLIS);
        assertThat(log.messages())
                .contains("calls still use module gate after 500 ms; they are denied, and the module stops");
        assertThat(TestModules.names(hooks)).containsExactly("even");
        assertThat(hooks.bpfProgLoad(Loads.odd()).isAllow())
                .as("nobody else denies")
                .isTrue();
        hanging.letGo();
        for (HangingLoads.Hanging load : loads) {
            assertThat(load.decision().get().result().errno()).contains(Errno.ETIMEDOUT);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
