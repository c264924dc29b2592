package org.bpfgate.benchmarks.dispatch;

import java.io.IOException;
import org.bpfgate.benchmarks.module.NoOpStack;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.osgi.framework.BundleException;

/** Five modules that do nothing, called through the whole entry point and by a loop. Both make the load that they pass. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before each trial.
public class DispatchBenchmark {
    private static final int MODULES = 5;

    private NoOpStack stack;
    private SecurityHooks hooks;
    private BpfProgLoadHook[] modules;
    private Instructions instructions;

    /** Starts the gate. */
    @Setup
    public void start() throws IOException, BundleException {
        stack = NoOpStack.start(MODULES);
        hooks = stack.hooks();
        modules = stack.modules().toArray(BpfProgLoadHook[]::new);
        instructions = Instructions.of(new byte[2 * Instructions.SLOT_SIZE]);
    }

    /** Stops it. */
    @TearDown
    public void stop() throws IOException, BundleException {
        stack.close();
    }

    /** The whole way through the framework. */
    @Benchmark
    public LoadDecision framework() {
        return hooks.bpfProgLoad(load());
    }

    /** What a caller could do who knows the modules and needs nothing else. */
    @Benchmark
    public HookResult array() {
        ProgramLoad load = load();
        HookResult result = HookResult.ALLOW;
        for (BpfProgLoadHook module : modules) {
            result = module.bpfProgLoad(load);
            if (!result.isAllow()) {
                break;
            }
        }
        return result;
    }

    /** Without a copy of the instructions, which would cost more than all else and hide it. */
    private ProgramLoad load() {
        return ProgramLoad.of(new BpfProgram("benchmark", ProgramType.XDP, instructions));
    }
}
