package org.bpfgate.benchmarks.change;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import org.bpfgate.benchmarks.module.NoOpStack;
import org.bpfgate.stack.SecurityHooks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** A change of the order of the modules, through the framework's configuration: each makes and publishes a generation. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before each trial.
public class GenerationBenchmark {
    static final String MODULES = "modules";

    private static final String PID = "org.bpfgate.framework";

    /** How many modules the stack has. */
    @Param("5")
    public int modules;

    private NoOpStack stack;
    private SecurityHooks hooks;
    private ManagedService configuration;
    private Dictionary<String, ?> oneWay;
    private Dictionary<String, ?> otherWay;
    private boolean turned;

    /** Starts the gate, and makes sure that changes take place. */
    @Setup
    public void start() throws IOException, BundleException, ConfigurationException {
        stack = NoOpStack.start(modules);
        hooks = stack.hooks();
        configuration = stack.gate().configurable(PID);
        oneWay = order("module0", "module1");
        otherWay = order("module1", "module0");
        long before = hooks.stack().generation();
        change();
        change();
        if (hooks.stack().generation() != before + 2) {
            throw new IllegalStateException("two changes of the order did not make two generations");
        }
    }

    private static Dictionary<String, ?> order(String... names) {
        return FrameworkUtil.asDictionary(Map.of("lsm.order", names));
    }

    /** Stops it. */
    @TearDown
    public void stop() throws IOException, BundleException {
        stack.close();
    }

    /** One change. */
    @Benchmark
    public long change() throws ConfigurationException {
        turned = !turned;
        configuration.updated(turned ? otherWay : oneWay);
        return hooks.stack().generation();
    }
}
