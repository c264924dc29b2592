package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.TestModules;
import org.bpfgate.program.ProgramLoad;
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

/** The policy of the examples, a component of Felix SCR, decides on the verdicts of the verifiers that ship, and takes its settings. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class APolicyByDeclarativeServicesDecidesIT {
    private static final Path JAR = Path.of("examples/policy-example/target/policy-example-1.0.0.jar");

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
                Gate.configurationAdmin(),
                thirdParty("org.osgi.util.function"),
                thirdParty("org.osgi.util.promise"),
                thirdParty("org.osgi.service.component"),
                thirdParty("org.apache.felix.scr"),
                bundle(Gate.jar("integrity-sig-bundle").toUri().toString()),
                bundle(Gate.jar("integrity-hash-bundle").toUri().toString()));
    }

    private static Option thirdParty(String name) {
        return bundle(Gate.thirdParty(name).toUri().toString());
    }

    @Test(timeout = 60_000)
    public void itDecidesOnTheVerdictsOfOthersWithTheSettingsThatHold() throws Exception {
        ProgramLoad listed = Loads.of(2);
        configure("org.bpfgate.allowlist", Map.of("lists", list(listed)));
        configure("org.bpfgate.hornet", Map.of("trust", "none"));
        Bundle policy = context.installBundle(Gate.root().resolve(JAR).toUri().toString());
        policy.start();
        await(() -> TestModules.names(hooks).equals(List.of("hornet", "native", "allowlist", "vouched")));

        assertThat(hooks.bpfProgLoad(listed).isAllow()).isTrue();
        LoadDecision unlisted = hooks.bpfProgLoad(Loads.of(3));
        assertThat(unlisted.deniedBy())
                .hasValueSatisfying(lsm -> assertThat(lsm).hasToString("vouched"));
        assertThat(unlisted.result().errno()).contains(Errno.EACCES);
        assertThat(unlisted.result().reason()).isEqualTo("0 verifiers vouch for the program, and 1 have to");

        configure("org.bpfgate.example.vouched", Map.of("vouchers", 2));
        await(() -> hooks.bpfProgLoad(Loads.of(2))
                .result()
                .reason()
                .equals("1 verifiers vouch for the program, and 2 have to"));
        policy.uninstall();
    }

    private void configure(String pid, Map<String, Object> settings) throws Exception {
        configurations.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(settings));
    }

    private static String list(ProgramLoad load) throws Exception {
        Path file = Files.createTempFile("listed", ".list");
        String digest = load.program().instructions().digest().orElseThrow().hex();
        return Files.writeString(file, digest + "  p2 # type=socket_filter\n").toString();
    }

    private static void await(BooleanSupplier condition) {
        long before = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - before).as("waited for the modules").isLessThan(SOON_NANOS);
            Thread.onSpinWait();
        }
    }
}
