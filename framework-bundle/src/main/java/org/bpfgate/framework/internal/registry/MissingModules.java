package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.settings.StackDefinition;

/**
 * Tells the operator which modules are missing, what to do about it, and when they are back: once each. Used under the lock of
 * {@link HookRegistry}.
 */
final class MissingModules {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** The bundles of the modules that ship, and the PIDs that configure them. */
    private static final Map<String, String> SHIPPED = Map.of(
            "hornet", "start the bundle org.bpfgate.integrity.sig and see to the configuration org.bpfgate.hornet",
            "native", "start the bundle org.bpfgate.integrity.sig and see to the configuration org.bpfgate.hornet",
            "allowlist",
                    "start the bundle org.bpfgate.integrity.hash and see to the configuration org.bpfgate.allowlist",
            "ipe", "start the bundle org.bpfgate.policy.ipe and see to the configuration org.bpfgate.ipe");

    private final Supplier<Set<String>> otherWiring;
    private final Set<String> reported = new TreeSet<>();

    /**
     * Reports on one stack.
     *
     * @param otherWiring gives the bundles whose modules cannot be in the stack before api-bundle is refreshed
     */
    MissingModules(Supplier<Set<String>> otherWiring) {
        this.otherWiring = otherWiring;
    }

    /** Logs a line for each module that is missing and was not reported yet. */
    void report(Collection<String> missing, StackConfiguration configuration) {
        for (String name : missing) {
            if (reported.add(name)) {
                String what = configuration.required().contains(name)
                        ? "the required module " + name + " is missing (lsm.required of " + StackDefinition.PID + ")"
                        : "the former policy " + name + " is missing (policies that were in the stack stay required)";
                LOG.log(
                        Level.WARNING,
                        () -> what + "; loads wait up to "
                                + configuration.hold().toMillis() + " ms and are denied then; " + remedy(name));
            }
        }
    }

    /** Logs which of the reported modules are not missing any more. */
    void back(Collection<String> missing) {
        for (String name : Set.copyOf(reported)) {
            if (!missing.contains(name)) {
                reported.remove(name);
                LOG.log(Level.INFO, () -> "module " + name + " is not missing any more");
            }
        }
    }

    private String remedy(String name) {
        Set<String> others = otherWiring.get();
        if (!others.isEmpty()) {
            return OtherWiring.remedy(others);
        }
        return SHIPPED.getOrDefault(name, "start its bundle and see to its settings")
                + ", or name in lsm.required what is required instead";
    }

    /** Returns what helps against all that are missing, for whoever is denied. */
    String fix() {
        Set<String> others = otherWiring.get();
        return others.isEmpty()
                ? "start the bundles of these modules and see to their settings, or name in lsm.required what is required"
                        + " instead"
                : OtherWiring.remedy(others);
    }
}
