package org.bpfgate.policy.ipe.internal.bpf;

import java.util.Set;

/** The licences that programs name, as the kernel reads them. */
public final class Licenses {
    /** The longest licence that a kernel reads, in bytes: {@code bpf_prog_load()} has room for 128 with the NUL. */
    public static final int MAX_LENGTH = 127;

    private static final Set<String> GPL_COMPATIBLE =
            Set.of("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

    private Licenses() {}

    /** Returns what {@code license_is_gpl_compatible()} of {@code include/linux/license.h} returns for a licence. */
    public static boolean isGplCompatible(String license) {
        return GPL_COMPATIBLE.contains(license);
    }
}
