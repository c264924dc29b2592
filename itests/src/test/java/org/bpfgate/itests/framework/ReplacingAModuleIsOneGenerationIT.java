package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ops4j.pax.exam.CoreOptions.options;

import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.itests.TestModules;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
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

/** A replacement switches from the old module to the new one in one generation; one that fails leaves the old in charge. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ReplacingAModuleIsOneGenerationIT {
    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Inject
    private StackAdmin admin;

    @Configuration
    public Option[] container() {
        return options(Gate.framework());
    }

    @Test
    public void theNewVersionTakesOver() throws Exception {
        Bundle old = started(ModuleJar.policy("gate", 0));
        Bundle incoming = ModuleJar.policy("gate", 0).install(context, 2);
        long before = hooks.stack().generation();
        admin.replace(old, incoming);
        assertThat(hooks.stack().generation()).isEqualTo(before + 1);
        assertThat(hooks.stack().problems()).isEmpty();
        assertThat(hooks.stack().modules())
                .singleElement()
                .extracting("version")
                .isEqualTo("2.0.0");
        assertThat(old.getState()).isEqualTo(Bundle.RESOLVED);
        old.uninstall();
        incoming.uninstall();
    }

    @Test
    public void aBundleWithoutTheModuleChangesNothing() throws Exception {
        Bundle old = started(ModuleJar.policy("gate", 0));
        Bundle incoming = ModuleJar.policy("other", 0).install(context, 1);
        long before = hooks.stack().generation();
        assertThatThrownBy(() -> admin.replace(old, incoming))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("gate");
        assertThat(hooks.stack().generation()).isEqualTo(before);
        assertThat(TestModules.names(hooks)).containsExactly("gate");
        assertThat(old.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(incoming.getState()).isEqualTo(Bundle.RESOLVED);
        old.uninstall();
        incoming.uninstall();
    }

    private Bundle started(ModuleJar jar) throws BundleException {
        Bundle bundle = jar.install(context, 1);
        bundle.start();
        return bundle;
    }
}
