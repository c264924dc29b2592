package org.bpfgate.hook.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a generation out of what is registered and what is configured; the same input always gives the same stack. */
final class StackBuilder {
    private final StackConfiguration configuration;
    private final Map<String, RegisteredModule> byName = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private StackBuilder(StackConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Builds one generation.
     *
     * @param number its number
     * @param registered all modules that are registered, in any order
     * @param remembered names of the policies that were in the stack
     */
    static Generation build(
            long number,
            Collection<RegisteredModule> registered,
            StackConfiguration configuration,
            Collection<String> remembered) {
        StackBuilder builder = new StackBuilder(configuration);
        builder.chooseByName(registered);
        List<RegisteredModule> ordered = builder.ordered();
        List<String> missing = builder.missing(remembered);
        return new Generation(number, ordered, missing, builder.problems);
    }

    /** Of two modules with one name the one registered first stays: a newcomer cannot take over an identity. */
    private void chooseByName(Collection<RegisteredModule> registered) {
        registered.stream()
                .sorted(Comparator.comparingLong(RegisteredModule::serviceId))
                .forEach(candidate -> {
                    if (byName.putIfAbsent(candidate.lsm().name(), candidate) != null) {
                        problems.add("a second module named " + candidate.lsm() + " is left out: service "
                                + candidate.serviceId() + " of bundle "
                                + candidate.origin().name());
                    }
                });
    }

    private void reportRanking(RegisteredModule registered) {
        String problem = registered.place().problem();
        if (problem != null) {
            problems.add("module " + registered.lsm() + " of bundle "
                    + registered.origin().name() + ": " + problem);
        }
    }

    /** The modules that lsm.order names come first, in its order; behind them the others by ranking. */
    private List<RegisteredModule> ordered() {
        Map<String, RegisteredModule> rest = new LinkedHashMap<>(byName);
        List<RegisteredModule> ordered = new ArrayList<>();
        for (String name : configuration.order()) {
            RegisteredModule named = rest.remove(name);
            if (named != null) {
                ordered.add(named);
            } else {
                problems.add("lsm.order names " + name + ", and there is no such module");
            }
        }
        rest.values().stream().sorted(RegisteredModule.LSM_ORDER).forEach(ordered::add);
        ordered.forEach(this::reportRanking);
        return ordered;
    }

    /** Without a setting every policy that was is required; with one, a stack that had a policy still needs any. */
    private List<String> missing(Collection<String> remembered) {
        List<String> missing = new ArrayList<>();
        if (configuration.required().equals(StackConfiguration.NOTHING)) {
            return missing;
        }
        require(configuration.required(), "the required module ", missing);
        if (configuration.required().isEmpty() || !hasPolicy()) {
            require(remembered, "the former policy ", missing);
        }
        return missing;
    }

    private void require(Collection<String> names, String what, List<String> missing) {
        for (String name : names) {
            if (!byName.containsKey(name) && !missing.contains(name)) {
                missing.add(name);
                problems.add(what + name + " is missing");
            }
        }
    }

    private boolean hasPolicy() {
        return byName.values().stream().anyMatch(registered -> registered.record().isPolicy);
    }
}
