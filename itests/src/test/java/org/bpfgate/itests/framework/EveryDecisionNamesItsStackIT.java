package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.options;

import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.stack.ModuleStack;
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

/** A decision names bundle, version and content of each module, and goes on naming them when they are gone. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EveryDecisionNamesItsStackIT {
    private static final ModuleJar GATE = ModuleJar.policy("gate", 7);

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(Gate.framework());
    }

    @Test
    public void anUpdateChangesTheDigestAndOldDecisionsKeepTheirs() throws Exception {
        Bundle bundle = GATE.install(context, 1);
        bundle.start();
        ModuleStack.Entry first = decide();
        assertThat(first.bundle()).isEqualTo("test.gate");
        assertThat(first.version()).isEqualTo("1.0.0");
        assertThat(first.ranking()).isEqualTo(7);
        bundle.update(GATE.version(2));
        ModuleStack.Entry second = decide();
        assertThat(second.version()).isEqualTo("2.0.0");
        assertThat(first.sha256()).matches("[0-9a-f]{64}").isNotEqualTo(second.sha256());
        bundle.uninstall();
        assertThat(second.sha256()).matches("[0-9a-f]{64}");
        assertThat(first.version()).isEqualTo("1.0.0");

        Bundle again = GATE.install(context, 1);
        again.start();
        assertThat(decide().sha256()).as("the same content, installed again").isEqualTo(first.sha256());
        again.uninstall();
    }

    private ModuleStack.Entry decide() {
        return hooks.bpfProgLoad(Loads.odd()).stack().modules().getFirst();
    }
}
