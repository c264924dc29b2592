package org.bpfgate.framework.internal.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.jspecify.annotations.Nullable;

/**
 * Which bundle the name of a module belongs to: the one that first had a module of that name in the stack, known by its symbolic
 * name, until it is uninstalled or hands the name over. While its own module is away, as during an update, no other bundle's module
 * can stand in for it. Survives an update of the framework bundle, see {@link Handover}. Used under the lock of {@link HookRegistry}.
 */
public final class NameOwners {
    private final Map<String, String> bundles;

    /** All names are free. */
    public NameOwners() {
        this(Map.of());
    }

    /**
     * Begins with names that belong to somebody.
     *
     * @param bundles symbolic names of bundles by names of modules
     */
    NameOwners(Map<String, String> bundles) {
        this.bundles = new HashMap<>(bundles);
    }

    /** Returns the symbolic names of the bundles by the names that belong to them. */
    public Map<String, String> bundles() {
        return Map.copyOf(bundles);
    }

    /** Returns the symbolic name of the bundle that a name belongs to; null when it is free. */
    @Nullable
    String of(String name) {
        return bundles.get(name);
    }

    /** Returns whether the module may be in the stack under its name. */
    boolean allow(RegisteredModule registered) {
        String owner = of(registered.lsm().name());
        return owner == null || owner.equals(registered.origin().name());
    }

    /** The modules are in the stack: names that were free belong to their bundles now. */
    void take(Collection<RegisteredModule> stack) {
        stack.forEach(registered ->
                bundles.putIfAbsent(registered.lsm().name(), registered.origin().name()));
    }

    /** The module takes over from the one that had its name. */
    void handOver(RegisteredModule incoming) {
        bundles.put(incoming.lsm().name(), incoming.origin().name());
    }

    /** A bundle is uninstalled: its names are free. */
    void release(String bundle) {
        bundles.values().removeIf(bundle::equals);
    }
}
