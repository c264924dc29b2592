package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.Arrays;

/** The types of systemd units, systemd.unit(5). */
public final class UnitType {
    /** Those that can have processes come first. */
    private static final String[] NAMES = {
        "service", "scope", "socket", "mount", "swap", "slice", "target", "device", "automount", "timer", "path"
    };

    /** A socket, mount or swap unit has the processes of its own commands; a slice has none that is not in another unit. */
    private static final int WITH_PROCESSES = 5;

    private UnitType() {}

    /** Returns all types. */
    public static String[] names() {
        return NAMES.clone();
    }

    /** Returns whether systemd has a type. */
    public static boolean isKnown(String type) {
        return Arrays.asList(NAMES).contains(type);
    }

    /** Returns whether units of a type can have processes. */
    public static boolean hasProcesses(String type) {
        return Arrays.asList(NAMES).subList(0, WITH_PROCESSES).contains(type);
    }
}
