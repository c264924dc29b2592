package org.bpfgate.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
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
        return faults(Collections.list(properties.keys()));
    }

    /** Returns a fault for each key that is not known, in the order of the keys. */
    List<SettingException> faults(Collection<String> found) {
        List<SettingException> faults = new ArrayList<>();
        List<String> keys = new ArrayList<>(found);
        Collections.sort(keys);
        for (String key : keys) {
            if (!known.contains(key) && !isOthers(key)) {
                faults.add(new SettingException(key, "there is no such setting" + suggestion(key)));
            }
        }
        return faults;
    }

    private boolean isOthers(String key) {
        // A PID that has no modules has no ranking either.
        return !key.equalsIgnoreCase(Settings.RANKING) && NOT_SETTINGS.stream().anyMatch(key::startsWith);
    }

    private String suggestion(String key) {
        String all = "known are " + String.join(", ", known);
        return NearestWord.of(key, known)
                .map(nearest -> "; the nearest one is " + nearest + " (" + all + ")")
                .orElse("; " + all);
    }
}
