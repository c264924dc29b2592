package org.bpfgate.framework.internal.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.RegisteredModule;

/** Makes a generation out of what is registered and what is configured; the same input always gives the same stack. */
public final class StackBuilder {
    private static final String IS_MISSING = " is missing";

    private final NameOwners owners;
    private final StackConfiguration configuration;
    private final Map<String, RegisteredModule> byName = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private StackBuilder(NameOwners owners, StackConfiguration configuration) {
        this.owners = owners;
        this.configuration = configuration;
    }

    /**
     * Builds one generation.
     *
     * @param number its number
     * @param registered all modules that are registered, in any order
     * @param owners says which bundle a name belongs to
     * @param remembered names of the policies that were in the stack
     */
    public static Generation build(
            long number,
            Collection<RegisteredModule> registered,
            NameOwners owners,
            StackConfiguration configuration,
            Collection<String> remembered) {
        StackBuilder builder = new StackBuilder(owners, configuration);
        builder.chooseByName(registered);
        List<RegisteredModule> ordered = builder.ordered();
        List<String> missing = builder.missing(remembered);
        return new Generation(number, ordered, missing, builder.problems);
    }

    /**
     * Of two modules with one name the one registered first stays, and one of another bundle than the name belongs to is never in: a
     * newcomer cannot take over an identity.
     */
    static Collection<RegisteredModule> firstOfEachName(Collection<RegisteredModule> registered, NameOwners owners) {
        Map<String, RegisteredModule> first = new LinkedHashMap<>();
        registered.stream()
                .filter(owners::allow)
                .sorted(Comparator.comparingLong(RegisteredModule::serviceId))
                .forEach(candidate -> first.putIfAbsent(candidate.lsm().name(), candidate));
        return first.values();
    }

    private void chooseByName(Collection<RegisteredModule> registered) {
        firstOfEachName(registered, owners)
                .forEach(chosen -> byName.put(chosen.lsm().name(), chosen));
        registered.stream()
                .filter(candidate -> !byName.containsValue(candidate))
                .sorted(Comparator.comparingLong(RegisteredModule::serviceId))
                .forEach(this::reportSecond);
    }

    private void reportSecond(RegisteredModule leftOut) {
        RegisteredModule chosen = byName.get(leftOut.lsm().name());
        String owner = chosen == null
                ? String.valueOf(owners.of(leftOut.lsm().name()))
                : chosen.origin().name();
        String belongs = owner.equals(leftOut.origin().name())
                ? ""
                : "; the name belongs to bundle " + owner
                        + " until that is uninstalled or StackAdmin.replace hands it over";
        problems.add("a second module named " + leftOut.lsm() + " is left out: service " + leftOut.serviceId()
                + " of bundle " + leftOut.origin().name() + belongs);
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
                problems.add(what + name + IS_MISSING);
            }
        }
    }

    /** Returns whether a problem of a generation is that a module is missing, which {@link MissingModules} reports. */
    static boolean isAboutMissing(String problem) {
        return problem.endsWith(IS_MISSING);
    }

    private boolean hasPolicy() {
        return byName.values().stream().anyMatch(registered -> registered.record().isPolicy);
    }
}
