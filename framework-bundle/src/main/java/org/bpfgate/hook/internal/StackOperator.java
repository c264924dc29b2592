package org.bpfgate.hook.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.hook.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What an operator does to a running stack. */
final class StackOperator implements StackAdmin {
    private final HookRegistry registry;
    private final Drain drain;

    StackOperator(HookRegistry registry, Drain drain) {
        this.registry = registry;
        this.drain = drain;
    }

    @Override
    public void replace(Bundle outgoing, Bundle incoming) throws BundleException {
        List<RegisteredModule> old = registry.modulesOf(outgoing.getBundleId());
        if (old.isEmpty()) {
            throw new BundleException(outgoing.getSymbolicName() + " has no module to replace");
        }
        registry.replace(() -> bringIn(old, incoming));
        for (RegisteredModule module : old) {
            drain.await(module.record(), registry.configuration().drainBudget());
        }
        outgoing.stop();
    }

    private Collection<Long> bringIn(List<RegisteredModule> old, Bundle incoming) throws BundleException {
        incoming.start();
        @Nullable String missing = firstMissing(old, registry.modulesOf(incoming.getBundleId()));
        if (missing != null) {
            incoming.stop();
            throw new BundleException(incoming.getSymbolicName() + " brings no module named " + missing);
        }
        return old.stream().map(RegisteredModule::serviceId).toList();
    }

    private static @Nullable String firstMissing(List<RegisteredModule> old, List<RegisteredModule> brought) {
        Set<String> names = new HashSet<>();
        brought.forEach(module -> names.add(module.lsm().name()));
        for (RegisteredModule module : old) {
            if (!names.contains(module.lsm().name())) {
                return module.lsm().name();
            }
        }
        return null;
    }

    @Override
    public List<ModuleHealth> health() {
        return registry.current().modules().stream()
                .map(module -> module.record().health())
                .toList();
    }
}
