package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.options;

import javax.inject.Inject;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Loads;
import org.bpfgate.itests.ModuleJar;
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

/** A module that returns numbers, as the kernel's do, denies with the error that it names; a positive number is none. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class APositiveResultIsInvalidIT {
    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    private Bundle module;

    @Configuration
    public Option[] container() {
        return options(Gate.framework());
    }

    @Before
    public void startModule() throws Exception {
        module = new ModuleJar("numbers", "kernel-style", 0).install(context, 1);
        module.start();
    }

    @After
    public void endModule() throws Exception {
        module.uninstall();
    }

    @Test
    public void zeroAllows() {
        assertThat(hooks.bpfProgLoad(Loads.of(3)).isAllow()).isTrue();
    }

    @Test
    public void aNegativeErrorNumberDeniesWithThatError() {
        HookResult result = denial(2);
        assertThat(result.errno()).contains(Errno.EPERM);
        assertThat(result.reason()).isEqualTo("shorter than 3 instructions");
    }

    @Test
    public void aPositiveNumberDeniesAsInvalidAndSaysSo() {
        HookResult result = denial(10);
        assertThat(result.errno()).contains(Errno.EINVAL);
        assertThat(result.reason()).isEqualTo("a hook returned 7, which is no result of a hook");
    }

    private HookResult denial(int instructions) {
        LoadDecision decision = hooks.bpfProgLoad(Loads.of(instructions));
        assertThat(decision.isAllow()).isFalse();
        assertThat(decision.deniedBy()).hasToString("Optional[numbers]");
        return decision.result();
    }
}
