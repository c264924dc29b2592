package org.bpfgate.framework.internal.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bpfgate.framework.internal.call.DecisionListeners;
import org.bpfgate.framework.internal.call.DenialAudit;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.NameOwners;
import org.bpfgate.framework.internal.registry.PolicyMemory;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/** The framework without a container around it: the parts as its activator puts them together, and modules put in by hand. */
public final class TestStack {
    public final HookRegistry registry = new HookRegistry(
            PolicyMemory.ofThisProcess(), new NameOwners(), StackConfiguration.DEFAULT, Set::of, () -> false);
    public final InFlight inFlight = new InFlight(registry::current);
    public final LiveObjects live = new LiveObjects();
    final QuiescenceWait drain = new QuiescenceWait(inFlight);
    public final DecisionListeners listeners = new DecisionListeners();
    final KeptRecords audit = new KeptRecords();
    public final HookDispatcher hooks = new HookDispatcher(registry, inFlight, live, listeners, new DenialAudit(audit));
    private long lastServiceId;

    /** Requires nothing, as the kernel does; what holds without a setting is a test of its own. */
    public TestStack() {
        StackConfiguration standard = StackConfiguration.DEFAULT;
        configure(List.of(), List.of(), standard.hold(), standard.callbackBudget(), standard.drainBudget());
    }

    /** Registers a module as the next service of its bundle. */
    public RegisteredModule add(SecurityModule module, int ranking) {
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

    public static ProgramLoad load() {
        return ProgramLoad.of(program());
    }
}
