package org.bpfgate.policy.ipe.internal.event;

import java.util.Locale;

/**
 * A SHA-256 digest of something that is not a program: a certificate, an executable file.
 *
 * @param hex 64 hexadecimal digits; kept in lower case
 */
public record Sha256(String hex) {
    /** Hexadecimal digits in a SHA-256 digest (FIPS 180-4). */
    public static final int DIGITS = 64;

    /** Refuses everything else with an {@link IllegalArgumentException}. */
    public Sha256 {
        if (hex.length() != DIGITS || FileDigest.firstNonHex(hex) < DIGITS) {
            throw new IllegalArgumentException("not 64 hexadecimal digits: \"" + hex + "\"");
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** Returns {@code sha256:} and the digits. */
    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
