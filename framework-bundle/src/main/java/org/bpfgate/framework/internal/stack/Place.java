package org.bpfgate.framework.internal.stack;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * What the properties of a module's service say of its place in the stack.
 *
 * @param ranking the service ranking
 * @param problem what is wrong with the ranking; null when nothing is
 * @param together names of the modules without which it is not in the stack
 */
public record Place(int ranking, @Nullable String problem, Set<String> together) {
    /** Copies the set. */
    public Place {
        together = Set.copyOf(together);
    }

    /** The place of a module that has nothing but a ranking. */
    public static Place at(int ranking) {
        return new Place(ranking, null, Set.of());
    }

    /** Reads the properties of a service. */
    public static Place of(ServiceReference<?> reference) {
        Set<String> together = names(reference.getProperty(SecurityModule.TOGETHER));
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        if (ranking == null || ranking instanceof Integer) {
            return new Place(ranking == null ? 0 : (Integer) ranking, null, together);
        }
        int meant = meant(ranking);
        String problem =
                Constants.SERVICE_RANKING + " is the " + ranking.getClass().getSimpleName() + " \"" + ranking
                        + "\", and has to be an Integer; the module is placed as with " + meant;
        return new Place(meant, problem, together);
    }

    /** The number that a text or another kind of number stands for; 0, as OSGi has it, when it is none. */
    private static int meant(Object ranking) {
        try {
            return Integer.parseInt(ranking.toString().trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Names in any form in which settings come; what is no name makes the module wait, and is reported by {@link #strangeNames}. */
    private static Set<String> names(@Nullable Object value) {
        try {
            return new TreeSet<>(Settings.from(key -> value).texts(SecurityModule.TOGETHER));
        } catch (SettingException e) {
            return Set.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns what the property names as companions although no module can have such a name. */
    public List<String> strangeNames() {
        return together.stream().filter(name -> !LsmId.isName(name)).sorted().toList();
    }
}
