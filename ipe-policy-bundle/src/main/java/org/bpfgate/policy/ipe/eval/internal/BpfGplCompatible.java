package org.bpfgate.policy.ipe.eval.internal;

import java.util.Set;

/**
 * {@code bpf_gpl_compatible}: the licence that the load names is one that the kernel takes for compatible with the GPL,
 * {@code license_is_gpl_compatible()} of {@code include/linux/license.h}. Without a known licence neither value holds.
 *
 * @param value the wanted value
 */
public record BpfGplCompatible(boolean value) implements Discriminating {
    private static final Set<String> COMPATIBLE =
            Set.of("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

    /** Returns whether the kernel takes a licence for compatible. */
    public static boolean isCompatible(String license) {
        return COMPATIBLE.contains(license);
    }

    @Override
    public Dimension dimension() {
        return Fact.GPL_COMPATIBLE;
    }

    @Override
    public Object wanted() {
        return value;
    }

    @Override
    public String toString() {
        return Property.word("bpf_gpl_compatible", value);
    }
}
