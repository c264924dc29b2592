package org.bpfgate.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.hook.SecurityModule;
import org.osgi.framework.Bundle;

/**
 * What a candidate has instead of the live stack.
 *
 * @param order names of modules that come first, as {@code lsm.order}; empty for the order of the live stack
 * @param without names of modules that it does without
 * @param instances modules in place of those of the same name: other settings of the same code. No service is registered for them
 * @param bundles bundles whose modules take over, by the active bundles whose modules they replace; as with {@link StackAdmin#replace}
 */
public record CandidatePlan(
        Optional<List<String>> order,
        Set<String> without,
        Map<String, SecurityModule> instances,
        Map<Bundle, Bundle> bundles) {
    /** Copies the collections. */
    public CandidatePlan {
        order = order.map(List::copyOf);
        without = Set.copyOf(without);
        instances = Map.copyOf(instances);
        bundles = Map.copyOf(bundles);
    }
}
