package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Path;
import javax.inject.Inject;
import org.bpfgate.integrity.IntegrityVerdict;
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

/** The example's jar, installed into a gate that runs, is in the stack and reports on the next load. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TheExampleModuleJoinsARunningGateIT {
    static final Path JAR = Path.of("examples/module-example/target/module-example-1.0.0.jar");

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    @Configuration
    public Option[] container() {
        return options(Gate.framework(), frameworkProperty("max.instructions").value("2"));
    }

    @Test
    public void itsVerdictIsInTheDecision() throws Exception {
        assertThat(hooks.bpfProgLoad(Loads.of(2)).reports()).isEmpty();
        Bundle example = context.installBundle(Gate.root().resolve(JAR).toUri().toString());
        example.start();
        assertThat(TestModules.names(hooks)).containsExactly("size");
        assertThat(verdict(hooks.bpfProgLoad(Loads.of(2)))).isEqualTo(IntegrityVerdict.OK);
        assertThat(verdict(hooks.bpfProgLoad(Loads.of(3)))).isEqualTo(IntegrityVerdict.UNEXPECTED);
        example.uninstall();
        assertThat(TestModules.names(hooks)).isEmpty();
    }

    private static IntegrityVerdict verdict(LoadDecision decision) {
        LoadDecision.Report report = decision.reports().getFirst();
        assertThat(report.verifier()).hasToString("size");
        return report.report().verdict();
    }
}
