package org.bpfgate.hook.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.hook.SecurityModule;
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
record Place(int ranking, @Nullable String problem, Set<String> together) {
    /** Copies the set. */
    Place {
        together = Set.copyOf(together);
    }

    /** The place of a module that has nothing but a ranking. */
    static Place at(int ranking) {
        return new Place(ranking, null, Set.of());
    }

    /** Reads the properties of a service. */
    static Place of(ServiceReference<?> reference) {
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

    private static Set<String> names(@Nullable Object value) {
        Set<String> names = new TreeSet<>();
        if (value instanceof String[] array) {
            names.addAll(Arrays.asList(array));
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(name -> names.add(String.valueOf(name)));
        } else if (value != null) {
            names.add(value.toString());
        }
        return names;
    }
}
