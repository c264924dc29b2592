package org.bpfgate.command.internal.signature;

import java.util.Locale;

/** The signing contracts, by the names that the option {@code --contract} and the signers' service property have. */
public enum Contract {
    HORNET,
    HORNET_V7,
    LOADER,
    METADATA,
    MANIFEST;

    /** Returns whether a signature vouches for maps besides the instructions. */
    public boolean coversMaps() {
        return this == HORNET || this == HORNET_V7 || this == METADATA;
    }

    /** Returns whether a signature covers attributes, of which the time of signing is one. */
    public boolean hasTime() {
        return this == HORNET || this == HORNET_V7;
    }

    /** Returns the contract's name, such as {@code hornet-v7}; the option parser reads it back. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
