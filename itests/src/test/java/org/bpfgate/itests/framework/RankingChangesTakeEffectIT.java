package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.Map;
import javax.inject.Inject;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.itests.Gate;
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
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The order follows the service rankings, also when a registered module changes its own; equal ones keep their age. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RankingChangesTakeEffectIT {
    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(Gate.framework());
    }

    @Test
    public void eachChangeOfARankingIsANewOrder() {
        ServiceRegistration<SecurityModule> first = TestModules.register(context, TestModules.allowing("first"), 30);
        ServiceRegistration<SecurityModule> second = TestModules.register(context, TestModules.allowing("second"), 20);
        assertThat(TestModules.names(hooks)).containsExactly("first", "second");
        long before = hooks.stack().generation();
        rank(second, 40);
        assertThat(TestModules.names(hooks)).containsExactly("second", "first");
        rank(second, 30);
        assertThat(TestModules.names(hooks)).as("equal rankings").containsExactly("first", "second");
        rank(first, -1);
        assertThat(TestModules.names(hooks)).containsExactly("second", "first");
        assertThat(hooks.stack().generation()).isEqualTo(before + 3);
        second.unregister();
        first.unregister();
        assertThat(TestModules.names(hooks)).isEmpty();
    }

    private static void rank(ServiceRegistration<?> module, int ranking) {
        module.setProperties(FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)));
    }
}
