package org.bpfgate.policy.ipe.internal.store;

import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.jspecify.annotations.Nullable;

/** Compares versions, {@code ver_to_u64()} of the kernel, and reads back what the store wrote. */
final class Versions {
    private static final int PARTS = 3;

    private Versions() {}

    /** Returns whether a version is greater than another. */
    static boolean isNewer(PolicyVersion version, PolicyVersion than) {
        return number(version) > number(than);
    }

    private static long number(PolicyVersion version) {
        return (long) version.major() << 32 | (long) version.minor() << 16 | version.revision();
    }

    /** Reads the form that {@link PolicyVersion#toString} gives; null for anything else. */
    static @Nullable PolicyVersion parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return null;
        }
        try {
            PolicyVersion version = new PolicyVersion(
                    Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            return version.toString().equals(text) ? version : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
