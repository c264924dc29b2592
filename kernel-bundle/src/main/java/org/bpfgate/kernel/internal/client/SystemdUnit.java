package org.bpfgate.kernel.internal.client;

import java.util.Optional;

/** Finds the systemd unit of a process in its control group: the innermost component that is named as a unit. */
public final class SystemdUnit {
    private SystemdUnit() {}

    /**
     * Finds it.
     *
     * @param cgroups the text of {@code /proc/PID/cgroup}, lines {@code HIERARCHY:CONTROLLERS:PATH} of cgroups(7)
     */
    public static Optional<String> in(String cgroups) {
        for (String line : cgroups.split("\n", -1)) {
            if (line.startsWith("0::") || line.contains(":name=systemd:")) {
                return ofPath(line.substring(line.lastIndexOf(':') + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofPath(String path) {
        String[] components = path.split("/", -1);
        for (int i = components.length - 1; i >= 0; i--) {
            if (components[i].endsWith(".service") || components[i].endsWith(".scope")) {
                return Optional.of(components[i]);
            }
        }
        return Optional.empty();
    }
}
