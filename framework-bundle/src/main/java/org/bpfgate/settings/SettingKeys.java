package org.bpfgate.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys that one PID knows. Anything else in a configuration is a slip, unless the OSGi framework or its services put it there. */
final class SettingKeys {
    /** Properties of Configuration Admin, File Install, the Configurator and private ones: not settings. */
    private static final List<String> NOT_SETTINGS =
            List.of("service.", "felix.", "component.", "osgi.", "org.osgi.", ".", ":");

    private final SortedSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    SettingKeys(Collection<String> known) {
        this.known.addAll(known);
    }

    /** Returns a fault for each key that is not known, in the order of the keys. */
    List<SettingException> faults(Dictionary<String, ?> properties) {
        List<SettingException> faults = new ArrayList<>();
        List<String> keys = Collections.list(properties.keys());
        Collections.sort(keys);
        for (String key : keys) {
            if (!known.contains(key) && !isOthers(key)) {
                faults.add(new SettingException(
                        key,
                        "there is no such setting; the nearest one is " + nearest(key) + " (known are "
                                + String.join(", ", known) + ")"));
            }
        }
        return faults;
    }

    private boolean isOthers(String key) {
        // A PID that has no modules has no ranking either.
        return !key.equalsIgnoreCase(Settings.RANKING) && NOT_SETTINGS.stream().anyMatch(key::startsWith);
    }

    private String nearest(String key) {
        return Collections.min(known, Comparator.comparingInt((String candidate) -> distance(key, candidate)));
    }

    /** The edit distance: insertions, deletions, replacements and swaps of neighbours, each of cost 1, without regard to case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
