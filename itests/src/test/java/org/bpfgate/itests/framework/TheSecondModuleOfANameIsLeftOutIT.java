package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.options;

import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.TestModules;
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

/** A newcomer cannot take over the name of a module that is there, whatever its ranking; when that one goes, it moves up. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TheSecondModuleOfANameIsLeftOutIT {
    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(Gate.framework());
    }

    @Test
    public void theFirstStaysAndTheSecondIsReported() {
        SecurityModule denies =
                TestModules.policy("gate", load -> HookResult.deny(Errno.EPERM, "the first gate denies"));
        ServiceRegistration<SecurityModule> first = TestModules.register(context, denies, 0);
        ServiceRegistration<SecurityModule> second = TestModules.register(context, TestModules.allowing("gate"), 1000);
        assertThat(TestModules.names(hooks)).containsExactly("gate");
        assertThat(hooks.stack().problems())
                .singleElement()
                .asString()
                .contains("gate", "left out", context.getBundle().getSymbolicName());
        assertThat(hooks.bpfProgLoad(Loads.even()).isAllow()).isFalse();
        first.unregister();
        assertThat(TestModules.names(hooks)).containsExactly("gate");
        assertThat(hooks.stack().problems()).isEmpty();
        assertThat(hooks.bpfProgLoad(Loads.even()).isAllow()).isTrue();
        second.unregister();
    }
}
