package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Files;
import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.TestModules;
import org.bpfgate.itests.modules.LoadGuard;
import org.bpfgate.program.ProgramLoad;
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

/** The caller that docs/osgi.md shows has decisions from the gate, and denies while there is none. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TheExampleOfACallerDecidesIT {
    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return options(Gate.framework());
    }

    @Test
    public void thePageShowsThatClass() throws Exception {
        String source =
                Files.readString(Gate.root().resolve("itests/src/test/java/org/bpfgate/itests/modules/LoadGuard.java"));
        String example =
                source.substring(source.indexOf("// BEGIN\n") + "// BEGIN\n".length(), source.indexOf("// END\n"));
        assertThat(Gate.root().resolve("docs/osgi.md")).content().contains("```java\n" + example + "```\n");
    }

    @Test
    public void itAllowsAndDeniesAsThePolicySays() {
        ServiceRegistration<SecurityModule> policy = TestModules.register(
                context,
                TestModules.policy(
                        "even",
                        load -> load.program().instructions().count() % 2 == 0
                                ? HookResult.ALLOW
                                : HookResult.deny(Errno.EACCES, "odd")),
                0);
        try (LoadGuard guard = new LoadGuard(context)) {
            ProgramLoad even = Loads.even();
            assertThat(guard.objection(even)).isEmpty();
            guard.unloaded(even.program());
            assertThat(guard.objection(Loads.odd())).contains("odd");
        } finally {
            policy.unregister();
        }
    }

    @Test
    public void itDeniesWhileNobodyDecidesAndAsksAgainAfterwards() throws Exception {
        Bundle engine = Gate.engine(context);
        try (LoadGuard guard = new LoadGuard(context)) {
            engine.stop();
            assertThat(guard.objection(Loads.even())).contains("framework-bundle is not running");
            engine.start();
            assertThat(guard.objection(Loads.even())).isEmpty();
        } finally {
            engine.start();
        }
    }
}
