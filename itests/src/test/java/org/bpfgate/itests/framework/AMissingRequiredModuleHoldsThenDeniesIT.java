package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.Settings;
import org.bpfgate.itests.TestModules;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** While a required module is missing a load waits for it, and is denied when it does not come. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AMissingRequiredModuleHoldsThenDeniesIT {
    private static final long HOLD_MILLIS = 2_000;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                frameworkProperty("lsm.required").value("gate"),
                frameworkProperty("lsm.hold").value(Long.toString(HOLD_MILLIS)));
    }

    @Test
    public void aModuleThatComesInTimeDecides() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<LoadDecision> decision = CompletableFuture.supplyAsync(() -> {
            asked.countDown();
            return hooks.bpfProgLoad(Loads.even());
        });
        asked.await();
        ServiceRegistration<SecurityModule> gate = TestModules.register(context, TestModules.allowing("gate"), 0);
        assertThat(decision.get(HOLD_MILLIS, TimeUnit.MILLISECONDS).isAllow()).isTrue();
        assertThat(decision.get().stack().contains("gate")).isTrue();
        gate.unregister();
    }

    @Test
    public void aModuleThatDoesNotComeIsADenialAfterTheHold() {
        long before = System.nanoTime();
        LoadDecision decision = hooks.bpfProgLoad(Loads.even());
        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(HOLD_MILLIS);
        assertMissing(decision);
    }

    @Test
    public void withHoldZeroTheDenialComesAtOnce() throws Exception {
        Settings.apply(context, Map.of("lsm.hold", 0L));
        long before = System.nanoTime();
        LoadDecision decision = hooks.bpfProgLoad(Loads.even());
        assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(HOLD_MILLIS / 2);
        assertMissing(decision);
        Settings.reset(context);
    }

    private static void assertMissing(LoadDecision decision) {
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.result().reason()).contains("gate");
        assertThat(decision.result().fix()).contains("lsm.required");
        assertThat(decision.deniedBy()).isEmpty();
        assertThat(decision.stack().problems()).contains("the required module gate is missing");
    }
}
