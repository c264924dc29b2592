package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import javax.xml.parsers.DocumentBuilderFactory;
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
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The framework follows what Configuration Admin says, and refuses what it cannot use. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SettingsFromConfigurationAdminIT {
    private static final String PID = "org.bpfgate.framework";
    private static final Set<String> KEYS =
            Set.of("lsm.order", "lsm.required", "lsm.hold", "lsm.budget.callback", "lsm.budget.drain");

    /** Below the defaults of 2 and 5 seconds, which a setting that was not taken would leave. */
    private static final long WELL_BELOW_DEFAULT_MILLIS = 1_500;

    /** Settings arrive within milliseconds on an idle machine. */
    private static final long SOON_MILLIS = 20_000;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private ConfigurationAdmin configurations;

    private final FrameworkLog log = new FrameworkLog();
    private ServiceRegistration<SecurityModule> first;
    private ServiceRegistration<SecurityModule> second;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                // What it says of refused settings, with a stack trace; the framework's own word is what counts here.
                frameworkProperty("felix.cm.loglevel").value("0"),
                Gate.configurationAdmin());
    }

    @Before
    public void registerModules() {
        first = TestModules.register(context, TestModules.allowing("first"), 2);
        second = TestModules.register(context, TestModules.allowing("second"), 1);
    }

    @After
    public void backToTheDefaults() throws Exception {
        configurations.getConfiguration(PID, null).delete();
        await(() -> TestModules.names(hooks).equals(List.of("first", "second"))
                && hooks.stack().problems().isEmpty());
        first.unregister();
        second.unregister();
        log.close();
    }

    @Test(timeout = 60_000)
    public void theOrderOverridesTheRankingUntilTheSettingsAreDeleted() throws Exception {
        configure(Map.of("lsm.order", new String[] {"second", "first"}));
        await(() -> TestModules.names(hooks).equals(List.of("second", "first")));
        configurations.getConfiguration(PID, null).delete();
        await(() -> TestModules.names(hooks).equals(List.of("first", "second")));
    }

    @Test(timeout = 60_000)
    public void aNameInTheOrderThatNoModuleHasIsReported() throws Exception {
        configure(Map.of("lsm.order", new String[] {"nobody", "second"}));
        String problem = "lsm.order names nobody, and there is no such module";
        await(() -> hooks.stack().problems().equals(List.of(problem)));
        assertThat(TestModules.names(hooks)).containsExactly("second", "first");
        assertThat(log.messages()).containsExactly(problem);
    }

    @Test(timeout = 60_000)
    public void aMissingRequiredModuleDeniesAfterTheHold() throws Exception {
        configure(Map.of("lsm.required", new String[] {"absent"}, "lsm.hold", 0L));
        await(() -> hooks.stack().problems().contains("the required module absent is missing"));
        long before = System.nanoTime();
        LoadDecision decision = hooks.bpfProgLoad(Loads.even());
        assertThat(decision.result().errno()).contains(Errno.EACCES);
        assertThat(decision.result().reason()).contains("absent");
        assertThat(millisSince(before)).isLessThan(WELL_BELOW_DEFAULT_MILLIS);
    }

    @Test(timeout = 60_000)
    public void theBudgetsOfCallbacksAndOfStopsAreTaken() throws Exception {
        // The unknown name shows when the settings have arrived; budgets cannot be looked at.
        configure(Map.of("lsm.budget.callback", 100L, "lsm.budget.drain", 150L, "lsm.order", "arrived"));
        await(() -> !hooks.stack().problems().isEmpty());
        try (HangingLoads hanging = new HangingLoads(context, hooks)) {
            Bundle even = ModuleJar.verifier("even", 0).install(context, 1);
            even.start();
            HangingLoads.Hanging load = hanging.beginIn("even");
            try {
                assertThat(load.answer().get(SOON_MILLIS, TimeUnit.MILLISECONDS).reason())
                        .isEqualTo("module even did not return within 100 ms");
            } finally {
                even.uninstall();
            }
        }
        assertThat(log.messages())
                .contains("calls still use module even after 150 ms; they are denied, and the module stops");
    }

    @Test(timeout = 60_000)
    public void aBadValueIsReportedAndAllSettingsStay() throws Exception {
        configure(Map.of("lsm.order", new String[] {"second", "first"}));
        await(() -> TestModules.names(hooks).equals(List.of("second", "first")));
        configure(Map.of("lsm.order", new String[] {"first", "second"}, "lsm.hold", "soon"));
        await(() -> !log.messages().isEmpty());
        assertThat(log.messages())
                .containsExactly(
                        "org.bpfgate.framework: lsm.hold: expected milliseconds, 0 to 86400000, found \"soon\";"
                                + " the settings stay as they were");
        assertThat(TestModules.names(hooks)).containsExactly("second", "first");
    }

    /** As when an editor truncates the file. */
    @Test(timeout = 60_000)
    public void settingsThatRequireNothingAnyMoreAreOneLine() throws Exception {
        configure(Map.of("lsm.required", "first", "lsm.order", "second"));
        await(() -> TestModules.names(hooks).equals(List.of("second", "first")));
        configure(Map.of());
        await(() -> TestModules.names(hooks).equals(List.of("first", "second")));
        await(() -> !log.messages().isEmpty());
        assertThat(log.messages())
                .containsExactly(
                        "org.bpfgate.framework: lsm.required: names no module any more: only policies that were in the"
                                + " stack are required");
    }

    @Test(timeout = 60_000)
    public void allFaultsOfOneWriteAreLines() throws Exception {
        configure(Map.of("lsm.hold", "x", "lsm.budget.drain", "y", "lsm.requird", "z"));
        await(() -> log.messages().size() == 3);
        assertThat(log.messages())
                .allSatisfy(line -> assertThat(line).endsWith("; these settings are not in use"))
                .anySatisfy(line -> assertThat(line).contains("lsm.requird", "the nearest one is lsm.required"))
                .anySatisfy(line -> assertThat(line).contains("lsm.hold"))
                .anySatisfy(line -> assertThat(line).contains("lsm.budget.drain"));
    }

    @Test
    public void theMetatypeDescribesEachKeyAndTheFrameworkReadsEach() throws Exception {
        Set<String> described = describedKeys();
        assertThat(described).isEqualTo(KEYS);
        ManagedService settings =
                context.getService(context.getServiceReferences(ManagedService.class, "(service.pid=" + PID + ")")
                        .iterator()
                        .next());
        for (String key : described) {
            assertThatThrownBy(() -> settings.updated(FrameworkUtil.asDictionary(Map.of(key, "not this!"))))
                    .isInstanceOfSatisfying(
                            ConfigurationException.class,
                            e -> assertThat(e.getProperty()).isEqualTo(key));
        }
    }

    /** The attributes of the description that the framework's jar has for the stack. */
    private Set<String> describedKeys() throws Exception {
        URL file = Gate.engine(context)
                .getEntry("OSGI-INF/metatype/org.bpfgate.framework.internal.settings.StackDefinition.xml");
        Element metatype = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.openStream())
                .getDocumentElement();
        Element designate = (Element) metatype.getElementsByTagName("Designate").item(0);
        assertThat(designate.getAttribute("pid")).isEqualTo(PID);
        Set<String> keys = new TreeSet<>();
        NodeList attributes = metatype.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            keys.add(((Element) attributes.item(i)).getAttribute("id"));
        }
        return keys;
    }

    /** Configuration Admin hands settings over on a thread of its own, some time later. */
    private void configure(Map<String, Object> settings) throws Exception {
        configurations.getConfiguration(PID, null).update(FrameworkUtil.asDictionary(settings));
    }

    /** Waits, and gives up on what does not come. */
    private static void await(BooleanSupplier condition) {
        long before = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(millisSince(before)).as("waited for the settings").isLessThan(SOON_MILLIS);
            Thread.onSpinWait();
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
