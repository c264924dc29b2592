package org.bpfgate.integrity.sig.internal.nativesig;

import java.util.Locale;

/** What the kernel's own signatures have covered over time. */
enum Contract {
    /** Linux 6.18: the instructions. A loader compares the hash of its map by itself, when it runs. */
    LOADER,

    /** Mainline of 2026: the instructions, and behind them the contents of all bound maps. */
    METADATA;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Returns the name for reports. */
    String text() {
        return text;
    }
}
