package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.itests.FrameworkLog;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.itests.TestModules;
import org.bpfgate.itests.kernel.HangingLoads;
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
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/** Without the service and without its API the framework decides; framework properties hold, and else the defaults. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TheFrameworkNeedsNoConfigurationAdminIT {
    private static final String API = "org.osgi.service.cm";
    private static final long DEFAULT_HOLD_MILLIS = 5_000;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(Gate.frameworkAlone(), frameworkProperty("lsm.required").value("second"));
    }

    @Test
    public void neitherTheServiceNorItsPackageIsHere() {
        assertThat(context.getServiceReference(API + ".ConfigurationAdmin")).isNull();
        assertThat(context.getServiceReference(API + ".ManagedService")).isNull();
        for (Bundle bundle : context.getBundles()) {
            for (BundleCapability exported :
                    bundle.adapt(BundleWiring.class).getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
                assertThat(exported.getAttributes())
                        .as("exported by %s", bundle)
                        .doesNotContainEntry(PackageNamespace.PACKAGE_NAMESPACE, API);
            }
        }
        assertThat(Gate.engine(context).getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void theModulesAreOrderedByRankingAndDecide() {
        ServiceRegistration<SecurityModule> second = TestModules.register(context, TestModules.allowing("second"), 1);
        ServiceRegistration<SecurityModule> first = TestModules.register(context, TestModules.allowing("first"), 2);
        assertThat(TestModules.names(hooks)).isEqualTo(List.of("first", "second"));
        assertThat(hooks.stack().problems()).isEmpty();
        assertThat(hooks.bpfProgLoad(Loads.even()).isAllow()).isTrue();
        first.unregister();
        second.unregister();
    }

    @Test
    public void theFrameworkPropertyNamesTheRequiredModuleAndTheDefaultHoldIsFiveSeconds() {
        long before = System.nanoTime();
        LoadDecision decision = hooks.bpfProgLoad(Loads.even());
        assertThat((System.nanoTime() - before) / 1_000_000).isBetween(DEFAULT_HOLD_MILLIS, 4 * DEFAULT_HOLD_MILLIS);
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.stack().problems()).containsExactly("the required module second is missing");
    }

    @Test(timeout = 60_000)
    public void theDefaultCallbackBudgetIsTwoSeconds() throws Exception {
        ServiceRegistration<SecurityModule> second = TestModules.register(context, TestModules.allowing("second"), 1);
        try (FrameworkLog log = new FrameworkLog();
                HangingLoads hanging = new HangingLoads(context, hooks)) {
            Bundle even = ModuleJar.verifier("even", 0).install(context, 1);
            even.start();
            HangingLoads.Hanging load = hanging.beginIn("even");
            try {
                String reason = load.answer().get(20, TimeUnit.SECONDS).reason();
                assertThat(reason).isEqualTo("module even did not return within 2000 ms");
            } finally {
                hanging.letGo();
                even.uninstall();
                second.unregister();
            }
            assertThat(log.messages())
                    .contains(
                            "the required module second is missing (lsm.required of org.bpfgate.framework); loads wait up to 5000 ms"
                                    + " and are denied then; start its bundle and see to its settings, or name in lsm.required what is required"
                                    + " instead");
        }
    }
}
