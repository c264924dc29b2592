package org.bpfgate.hook.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** The framework without a container around it: the parts as its activator puts them together, and modules put in by hand. */
final class TestStack {
    final HookRegistry registry = new HookRegistry(
            PolicyMemory.ofThisProcess(), new NameOwners(), StackConfiguration.DEFAULT, Set::of, () -> false);
    final InFlight inFlight = new InFlight(registry::current);
    final LiveObjects live = new LiveObjects();
    final Drain drain = new Drain(inFlight);
    final DecisionListeners listeners = new DecisionListeners();
    final KeptRecords audit = new KeptRecords();
    final HookDispatcher hooks = new HookDispatcher(registry, inFlight, live, listeners, new DenialAudit(audit));
    private long lastServiceId;

    /** Requires nothing, as the kernel does; what holds without a setting is a test of its own. */
    TestStack() {
        StackConfiguration standard = StackConfiguration.DEFAULT;
        configure(List.of(), List.of(), standard.hold(), standard.callbackBudget(), standard.drainBudget());
    }

    /** Registers a module as the next service of its bundle. */
    RegisteredModule add(SecurityModule module, int ranking) {
        RegisteredModule registered = registered(module, ++lastServiceId, ranking);
        registry.put(registered);
        return registered;
    }

    static RegisteredModule registered(SecurityModule module, long serviceId, int ranking) {
        return new RegisteredModule(
                module,
                new ModuleRecord(module),
                serviceId,
                ranking,
                new RegisteredModule.Origin(serviceId, "bundle." + module.lsmId(), "1.0.0", () -> ""));
    }

    /** Does what the end of a module's service does. */
    void remove(RegisteredModule registered) {
        registry.remove(registered.serviceId(), false);
        drain.await(registered.record(), registry.configuration().drainBudget());
        live.forget(registered.record());
    }

    void configure(List<String> order, List<String> required, Duration hold, Duration callback, Duration drainBudget) {
        List<String> explicit = required.isEmpty() ? StackConfiguration.NOTHING : required;
        registry.configure(new StackConfiguration(order, explicit, hold, callback, drainBudget));
    }

    List<String> names() {
        return hooks.stack().modules().stream().map(entry -> entry.lsm().name()).toList();
    }

    static BpfProgram program() {
        return new BpfProgram("test", ProgramType.XDP, Instructions.of(new byte[] {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0}));
    }

    static ProgramLoad load() {
        return ProgramLoad.of(program());
    }
}
