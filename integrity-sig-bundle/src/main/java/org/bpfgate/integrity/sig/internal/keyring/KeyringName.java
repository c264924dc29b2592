package org.bpfgate.integrity.sig.internal.keyring;

import java.util.Locale;

/** The keyrings that certificates can be put into. */
enum KeyringName {
    /** {@code .builtin_trusted_keys}. */
    BUILTIN,

    /** {@code .secondary_trusted_keys}. */
    SECONDARY,

    /** {@code .platform}. */
    PLATFORM,

    /** The certificates that the gate was told to trust without naming a keyring. */
    USER,

    /** {@code .blacklist}: not trusted, whatever another keyring says. */
    BLACKLIST;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Returns the name in lower case, which is also the name of its sub-directory. */
    String text() {
        return text;
    }
}
