package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.itests.TestModules;
import org.bpfgate.stack.SecurityHooks;
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
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Whatever happens to the other bundles of a gate, its framework bundle and the API keep their wiring, and the services stay. The API of
 * Configuration Admin comes from the system bundle, as in the distribution; an exporter that can be refreshed would take the
 * framework bundle with it.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TheFrameworkBundleIsNeverRefreshedIT {
    private static final ModuleJar SMALL = ModuleJar.verifier("even", 10);

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    private final Map<Bundle, Path> others = new LinkedHashMap<>();
    private Bundle small;
    private Bundle framework;
    private BundleWiring wiring;
    private Bundle api;
    private BundleWiring apiWiring;
    private ServiceReference<SecurityHooks> reference;

    @Configuration
    public Option[] container() {
        return options(
                Gate.frameworkAlone(),
                systemPackage("org.osgi.service.cm;version=1.6.1"),
                frameworkProperty("lsm.hold").value("0"));
    }

    @Before
    public void startTheOthers() throws Exception {
        framework = Gate.engine(context);
        wiring = framework.adapt(BundleWiring.class);
        api = FrameworkUtil.getBundle(SecurityHooks.class);
        apiWiring = api.adapt(BundleWiring.class);
        reference = context.getServiceReference(SecurityHooks.class);
        for (Path jar : List.of(
                Gate.jar("integrity-sig-bundle"),
                Gate.jar("integrity-hash-bundle"),
                Gate.jar("ipe-policy-bundle"),
                Gate.root().resolve(TheExampleModuleJoinsARunningGateIT.JAR),
                Gate.thirdParty("org.apache.felix.configadmin"))) {
            others.put(context.installBundle(jar.toUri().toString()), jar);
        }
        small = SMALL.install(context, 1);
        for (Bundle other : others.keySet()) {
            other.start();
        }
        small.start();
        configure("org.bpfgate.hornet", "trust");
        configure("org.bpfgate.allowlist", "lists");
    }

    /** The modules join the stack with their first configuration. */
    private void configure(String pid, String key) throws IOException {
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        admin.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(Map.of(key, "none")));
    }

    @After
    public void uninstallTheRest() throws BundleException {
        for (Bundle other : others.keySet()) {
            uninstall(other);
        }
        uninstall(small);
    }

    private static void uninstall(Bundle bundle) throws BundleException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
    }

    @Test
    public void onlyTheApiAndTheSystemBundleCouldTakeItAlong() {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        assertThat(providers(wiring)).containsOnly(api, system);
        assertThat(providers(apiWiring)).containsOnly(system);
    }

    private static Stream<Bundle> providers(BundleWiring of) {
        return of.getRequiredWires(null).stream().map(wire -> wire.getProvider().getBundle());
    }

    @Test(timeout = 60_000)
    public void updatesLeaveItAlone() throws Exception {
        for (Map.Entry<Bundle, Path> other : others.entrySet()) {
            try (InputStream jar = Files.newInputStream(other.getValue())) {
                other.getKey().update(jar);
            }
        }
        small.update(SMALL.version(2));
        assertUntouched();
        assertTheModulesAreBack();
        refresh(null);
        assertUntouched();
    }

    @Test(timeout = 60_000)
    public void refreshesOfEachAndOfAllLeaveItAlone() throws Exception {
        for (Bundle other : others.keySet()) {
            BundleWiring before = other.adapt(BundleWiring.class);
            refresh(List.of(other));
            assertThat(before.isInUse()).as("%s was refreshed", other).isFalse();
            assertUntouched();
        }
        refresh(others.keySet());
        assertUntouched();
        assertTheModulesAreBack();
    }

    /** Without {@code ipe}, which comes with its first policy. */
    private void assertTheModulesAreBack() {
        Set<String> all = Set.of("hornet", "native", "allowlist", "size", "even");
        // Configuration Admin hands settings over on a thread of its own, some time after a bundle has started.
        long end = System.nanoTime() + 30_000_000_000L;
        while (!Set.copyOf(TestModules.names(hooks)).equals(all) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(TestModules.names(hooks)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test(timeout = 60_000)
    public void uninstallingAllLeavesItAlone() throws Exception {
        for (Bundle other : others.keySet()) {
            other.uninstall();
            refresh(null);
            assertUntouched();
        }
        small.uninstall();
        refresh(null);
        assertUntouched();
        assertThat(hooks.stack().modules()).isEmpty();
    }

    /** Refreshes, and returns when that is done. */
    private void refresh(Collection<Bundle> bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(bundles, event -> done.countDown());
        done.await();
    }

    private void assertUntouched() {
        assertThat(framework.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(framework.adapt(BundleWiring.class)).isSameAs(wiring);
        assertThat(wiring.isCurrent() && wiring.isInUse()).isTrue();
        assertThat(api.adapt(BundleWiring.class)).isSameAs(apiWiring);
        assertThat(context.getServiceReference(SecurityHooks.class)).isEqualTo(reference);
        assertThat(context.getService(reference)).isSameAs(hooks);
        assertThat(hooks.bpfProgLoad(Loads.even()).result()).isNotNull();
    }
}
