package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.itests.TestModules;
import org.bpfgate.itests.modules.ModuleActivator;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A bundle's stop waits for the loads that are in its module; but not for ever, and then those loads are denied. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StoppingAModuleWaitsForItsLoadsIT {
    private static final long DRAIN_MILLIS = 2_000;

    /** A thread for each task: the common pool of a small machine has only one. */
    private static final Executor THREADS = task -> new Thread(task).start();

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                frameworkProperty("lsm.budget.callback").value("60000"),
                frameworkProperty("lsm.budget.drain").value(Long.toString(DRAIN_MILLIS)));
    }

    @Test(timeout = 60_000)
    public void theLoadEndsAsItWouldHaveAndThenTheBundleStops() throws Exception {
        ServiceRegistration<?> witness = blocking();
        Bundle bundle = started();
        CompletableFuture<LoadDecision> decision =
                CompletableFuture.supplyAsync(() -> hooks.bpfProgLoad(Loads.odd()), THREADS);
        inside.await();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> stop(bundle), THREADS);
        while (!TestModules.names(hooks).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(stop).as("the load is still in the module").isNotDone();
        letGo.countDown();
        stop.get(5 * DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(decision.get().deniedBy()).hasToString("Optional[gate]");
        assertThat(decision.get().result().errno()).contains(Errno.EACCES);
        bundle.uninstall();
        witness.unregister();
    }

    @Test
    public void aLoadThatTakesTooLongIsDeniedAndTheBundleStopsAllTheSame() throws Exception {
        ServiceRegistration<?> witness = blocking();
        Bundle bundle = started();
        CompletableFuture<LoadDecision> decision =
                CompletableFuture.supplyAsync(() -> hooks.bpfProgLoad(Loads.even()), THREADS);
        inside.await();
        long before = System.nanoTime();
        bundle.stop();
        assertThat((System.nanoTime() - before) / 1_000_000).isBetween(DRAIN_MILLIS, 5 * DRAIN_MILLIS);
        assertThat(decision).as("a callback cannot be taken off its thread").isNotDone();
        letGo.countDown();
        assertThat(decision.get().result().errno()).contains(Errno.ETIMEDOUT);
        assertThat(decision.get().result().reason()).contains("gate", "stopped");
        bundle.uninstall();
        witness.unregister();
    }

    private Bundle started() throws BundleException {
        Bundle bundle = ModuleJar.policy("gate", 0).install(context, 1);
        bundle.start();
        return bundle;
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    /** Modules that start from now on stay in their callback until the test lets go. */
    private ServiceRegistration<?> blocking() {
        Consumer<String> block = call -> {
            inside.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a test", e);
            }
        };
        return context.registerService(
                Consumer.class, block, FrameworkUtil.asDictionary(Map.of(ModuleActivator.WITNESS, "true")));
    }
}
