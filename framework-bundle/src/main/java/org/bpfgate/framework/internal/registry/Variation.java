package org.bpfgate.framework.internal.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.framework.internal.stack.RegisteredModule;

/**
 * In what a candidate differs from the live stack.
 *
 * @param order names of modules that come first; empty for those of the live stack
 * @param without names of modules that are left out
 * @param standIns instances in place of modules, by the service ids of these
 * @param incoming ids of bundles whose modules take over, by the ids of the bundles that they replace
 */
public record Variation(
        Optional<List<String>> order,
        Set<String> without,
        Map<Long, RegisteredModule> standIns,
        Map<Long, Long> incoming) {
    /** Copies the collections. */
    public Variation {
        order = order.map(List::copyOf);
        without = Set.copyOf(without);
        standIns = Map.copyOf(standIns);
        incoming = Map.copyOf(incoming);
    }

    /** Whether a module of the live stack is not in the candidate, and no instance stands in for it. */
    boolean leavesOut(RegisteredModule registered) {
        return without.contains(registered.lsm().name())
                || incoming.containsKey(registered.origin().bundleId());
    }

    /** Returns the modules of the candidate, in any order. */
    List<RegisteredModule> apply(List<RegisteredModule> live, Iterable<RegisteredModule> registered) {
        List<RegisteredModule> varied = new ArrayList<>();
        for (RegisteredModule module : live) {
            if (!leavesOut(module)) {
                varied.add(standIns.getOrDefault(module.serviceId(), module));
            }
        }
        for (RegisteredModule module : registered) {
            if (incoming.containsValue(module.origin().bundleId())) {
                varied.add(module);
            }
        }
        return varied;
    }
}
