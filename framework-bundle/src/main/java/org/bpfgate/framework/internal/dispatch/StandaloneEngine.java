package org.bpfgate.framework.internal.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.framework.internal.call.DecisionListeners;
import org.bpfgate.framework.internal.call.DenialAudit;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.call.Watchdog;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.NameOwners;
import org.bpfgate.framework.internal.registry.PolicyMemory;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin.ModuleHealth;

/**
 * The engine without an OSGi framework around it: the same parts as the bundle's activator puts together, with modules that are
 * added by hand. The test kit decides with it, so that authors of modules test against what runs. It requires no modules. Safe for use by
 * several threads.
 */
public final class StandaloneEngine implements AutoCloseable {
    private static final String VERSION = "0.0.0";

    private final HookRegistry registry;
    private final SecurityHooks hooks;
    private final Watchdog watchdog;
    private long lastServiceId;

    /**
     * Starts with an empty stack, which allows every load.
     *
     * @param audit takes the records of denials that the engine itself makes
     * @param callbackBudget how long one callback may take before its load is denied; more than 0
     */
    public StandaloneEngine(AuditSink audit, Duration callbackBudget) {
        StackConfiguration standard = StackConfiguration.DEFAULT;
        registry = new HookRegistry(
                PolicyMemory.ofThisProcess(),
                new NameOwners(),
                new StackConfiguration(
                        List.of(), StackConfiguration.NOTHING, standard.hold(), callbackBudget, standard.drainBudget()),
                Set::of,
                () -> false);
        InFlight inFlight = new InFlight(registry::current);
        hooks = new HookDispatcher(
                registry, inFlight, new LiveObjects(), new DecisionListeners(), new DenialAudit(audit));
        watchdog = Watchdog.start(inFlight, () -> registry.configuration().callbackBudget());
    }

    /**
     * Adds a module behind those that are there.
     *
     * @throws IllegalArgumentException when a module of that name is there
     */
    public synchronized void add(SecurityModule module) {
        ModuleRecord record = new ModuleRecord(module);
        if (hooks.stack().contains(record.lsm.name())) {
            throw new IllegalArgumentException("a module named " + record.lsm + " is in the stack");
        }
        long serviceId = ++lastServiceId;
        // Modules of one ranking are called in the order of their service ids.
        registry.put(new RegisteredModule(
                module,
                record,
                serviceId,
                0,
                new RegisteredModule.Origin(serviceId, module.getClass().getName(), VERSION, () -> "")));
    }

    /** Returns the entry points. */
    public SecurityHooks hooks() {
        return hooks;
    }

    /** Returns the state of each module, in order. */
    public List<ModuleHealth> health() {
        return registry.current().modules().stream()
                .map(module -> module.record().health())
                .toList();
    }

    /** Denies every call from now on. */
    @Override
    public void close() {
        registry.close();
        watchdog.close();
    }
}
