package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.bpfgate.hook.LsmId;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
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
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** A plain configuration and a factory's of one PID make two policies, and a restart of their bundle brings both back. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PoliciesStackFromConfigurationAdminIT {
    private static final String PID = "org.bpfgate.ipe";

    /** Configurations arrive within milliseconds on an idle machine. */
    private static final long SOON_NANOS = 20_000_000_000L;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                frameworkProperty("lsm.required").value("ipe,site"),
                frameworkProperty("lsm.hold").value("30000"),
                Gate.configurationAdmin());
    }

    @Test(timeout = 60_000)
    public void bothDecideAlsoAfterARestart() throws Exception {
        Bundle ipe = context.installBundle(Gate.jar("ipe-policy-bundle").toUri().toString());
        ipe.start();
        configurations
                .getConfiguration(PID, null)
                .update(FrameworkUtil.asDictionary(Map.of("policy", policy("DEFAULT action=ALLOW"))));
        org.osgi.service.cm.Configuration site = configurations.createFactoryConfiguration(PID, null);
        site.update(FrameworkUtil.asDictionary(Map.of("lsm", "site", "policy", policy("DEFAULT action=DENY"))));

        await(() -> names().equals(List.of("ipe", "site")) || names().equals(List.of("site", "ipe")));
        assertThat(decide().deniedBy()).contains(LsmId.named("site"));

        ipe.stop();
        assertThat(names()).isEmpty();
        ipe.start();
        assertThat(decide().deniedBy()).contains(LsmId.named("site"));

        site.delete();
        await(() -> names().equals(List.of("ipe")));
        ipe.uninstall();
    }

    private List<String> names() {
        return TestModules.names(hooks);
    }

    /** Held until both modules are there. */
    private LoadDecision decide() {
        return hooks.bpfProgLoad(Loads.even());
    }

    private static String policy(String statement) throws IOException {
        Path file = Files.createTempFile("stacked", ".ipe");
        return Files.writeString(file, "policy_name=p policy_version=1.0.0\n" + statement + "\n")
                .toString();
    }

    private static void await(BooleanSupplier condition) {
        long before = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - before)
                    .as("waited for configurations")
                    .isLessThan(SOON_NANOS);
            Thread.onSpinWait();
        }
    }
}
