package org.bpfgate.framework.internal.registry;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What an operator does to a running stack. */
public final class StackOperator implements StackAdmin {
    /** How long a bundle may take to register its modules after it started: as long as a load is held by default. */
    public static final Duration ARRIVAL = Duration.ofSeconds(5);

    private final HookRegistry registry;
    private final QuiescenceWait drain;
    private final Duration arrival;

    /**
     * Operates on one stack.
     *
     * @param arrival how long a new bundle may take to register its modules
     */
    public StackOperator(HookRegistry registry, QuiescenceWait drain, Duration arrival) {
        this.registry = registry;
        this.drain = drain;
        this.arrival = arrival;
    }

    @Override
    public void replace(Bundle outgoing, Bundle incoming) throws BundleException {
        if (outgoing.getBundleId() == incoming.getBundleId()) {
            throw new IllegalArgumentException(
                    outgoing.getSymbolicName() + " cannot replace itself; update the bundle instead");
        }
        List<RegisteredModule> old = registry.modulesOf(outgoing.getBundleId());
        if (old.isEmpty()) {
            throw new BundleException(outgoing.getSymbolicName() + " has no module to replace");
        }
        registry.replace(incoming.getBundleId(), () -> bringIn(old, incoming));
        for (RegisteredModule module : old) {
            drain.await(module.record(), registry.configuration().drainBudget());
        }
        outgoing.stop();
    }

    private Collection<Long> bringIn(List<RegisteredModule> old, Bundle incoming) throws BundleException {
        incoming.start();
        Set<String> missing = names(old);
        missing.removeAll(names(registry.awaitModulesOf(incoming.getBundleId(), names(old), arrival)));
        if (!missing.isEmpty()) {
            incoming.stop();
            throw new BundleException(incoming.getSymbolicName() + " brought no module named "
                    + String.join(" ", missing) + " within " + arrival.toMillis() + " ms");
        }
        return old.stream().map(RegisteredModule::serviceId).toList();
    }

    static Set<String> names(List<RegisteredModule> modules) {
        Set<String> names = new TreeSet<>();
        modules.forEach(module -> names.add(module.lsm().name()));
        return names;
    }

    @Override
    public List<String> required() {
        return registry.required();
    }

    @Override
    public List<String> missing() {
        return registry.current().missing;
    }

    @Override
    public List<ModuleHealth> health() {
        return registry.current().modules().stream()
                .map(module -> module.record().health())
                .toList();
    }
}
