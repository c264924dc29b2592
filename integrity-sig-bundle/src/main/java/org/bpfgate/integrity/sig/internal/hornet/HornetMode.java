package org.bpfgate.integrity.sig.internal.hornet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** By which rules the verifier judges. */
public enum HornetMode {
    /** The newest version of the kernel patch: hashes only, and signed maps are checked when a descriptor is handed out. */
    COMPAT_N("hornet"),

    /** Version 7 of the kernel patch: each hash has the index of its map, and maps are checked at the load. */
    COMPAT_V7("hornet-v7"),

    /** The rules of {@link #COMPAT_N} without what they leave open. */
    STRICT("hornet");

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String contract;

    HornetMode(String contract) {
        this.contract = contract;
    }

    /** Finds a mode by its name; null when there is none. */
    public static @Nullable HornetMode of(String text) {
        for (HornetMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        return null;
    }

    /** Returns the name, such as {@code compat-n}. */
    public String text() {
        return text;
    }

    /** Returns the signing contract whose attribute is read. */
    public String contract() {
        return contract;
    }

    /** Returns how many maps a signature may speak of. Version 7 has an off-by-one that refuses the last. */
    int maxMaps() {
        return this == COMPAT_V7 ? SignedMaps.MAX - 1 : SignedMaps.MAX;
    }
}
