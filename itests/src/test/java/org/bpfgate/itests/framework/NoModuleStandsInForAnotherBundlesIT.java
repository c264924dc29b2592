package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
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
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;

/**
 * While the bundle of the verifier {@code hornet} is stopped or updated, a module {@code hornet} of another bundle does not take its
 * place: the required module is missing, and loads are denied. The name is free when the bundle is uninstalled, or handed over.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NoModuleStandsInForAnotherBundlesIT {
    private static final String JAR = "integrity-sig-bundle";
    private static final String OWNER = "org.bpfgate.integrity.sig";
    private static final ModuleJar IMPOSTOR = ModuleJar.verifier("hornet", 1000);

    @Inject
    private BundleContext context;

    private SecurityHooks hooks;

    @Before
    public void findTheHooks() {
        hooks = context.getService(context.getServiceReference(SecurityHooks.class));
    }

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                frameworkProperty("lsm.required").value("hornet"),
                frameworkProperty("lsm.hold").value("0"));
    }

    @Test(timeout = 120_000)
    public void notWhileItIsAway() throws Exception {
        Bundle owner = start();
        Bundle impostor = IMPOSTOR.install(context, 1);
        impostor.start();
        assertThat(decider()).isEqualTo(OWNER);
        owner.stop();
        assertDenied();
        owner.start();
        assertDenied();
        configure();
        assertThat(decider()).isEqualTo(OWNER);
        try (InputStream jar = Files.newInputStream(Gate.jar(JAR))) {
            owner.update(jar);
        }
        assertDenied();
        owner.uninstall();
        assertThat(decider()).isEqualTo("test.hornet");
        impostor.uninstall();
        assertDenied();
    }

    @Test(timeout = 120_000)
    public void notAfterAnUpdateOfTheFrameworkBundle() throws Exception {
        Bundle owner = start();
        Bundle impostor = IMPOSTOR.install(context, 1);
        impostor.start();
        owner.stop();
        updateFramework();
        assertDenied();
        owner.start();
        configure();
        assertThat(decider()).isEqualTo(OWNER);
        updateFramework();
        assertThat(decider()).isEqualTo(OWNER);
        owner.uninstall();
        assertThat(decider()).isEqualTo("test.hornet");
        impostor.uninstall();
    }

    private void updateFramework() throws Exception {
        try (InputStream jar = Files.newInputStream(Gate.jar("framework-bundle"))) {
            Gate.engine(context).update(jar);
        }
        hooks = context.getService(context.getServiceReference(SecurityHooks.class));
    }

    @Test(timeout = 120_000)
    public void butAReplacementHandsTheNameOver() throws Exception {
        Bundle first = ModuleJar.verifier("hornet", 1).install(context, 1);
        first.start();
        Bundle second = context.installBundle("test:other", new ModuleJar("other", "verifier", 1).named("hornet", 2));
        context.getService(context.getServiceReference(StackAdmin.class)).replace(first, second);
        assertThat(decider()).isEqualTo("test.other");
        first.start();
        second.stop();
        assertDenied();
        first.uninstall();
        second.uninstall();
    }

    private Bundle start() throws Exception {
        Bundle owner = context.installBundle(Gate.jar(JAR).toUri().toString());
        owner.start();
        configure();
        return owner;
    }

    private void configure() throws Exception {
        ServiceReference<ManagedService> found =
                context.getServiceReferences(ManagedService.class, "(service.pid=org.bpfgate.hornet)").stream()
                        .findFirst()
                        .orElseThrow();
        context.getService(found).updated(FrameworkUtil.asDictionary(Map.of("trust", "none")));
    }

    private void assertDenied() {
        LoadDecision decision = hooks.bpfProgLoad(Loads.even());
        assertThat(decision.isAllow()).as("%s", decision).isFalse();
        assertThat(decision.result().reason()).contains("missing: hornet");
    }

    /** The bundle whose module hornet the decision was made with. */
    private String decider() {
        return hooks.bpfProgLoad(Loads.even()).stack().modules().stream()
                .filter(entry -> entry.lsm().name().equals("hornet"))
                .map(ModuleStack.Entry::bundle)
                .findFirst()
                .orElse("nobody");
    }
}
