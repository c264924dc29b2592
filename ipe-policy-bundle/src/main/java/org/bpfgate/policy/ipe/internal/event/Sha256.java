package org.bpfgate.policy.ipe.internal.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A SHA-256 digest of something that is not a program: a certificate, an executable file, a policy.
 *
 * @param hex 64 hexadecimal digits; kept in lower case
 */
public record Sha256(String hex) {
    /** Hexadecimal digits in a SHA-256 digest (FIPS 180-4). */
    public static final int DIGITS = 64;

    /** The digest of no bytes at all, in lower case. */
    public static final String EMPTY = of(new byte[0]);

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

    /** Returns the digest of some bytes, 64 lower-case hexadecimal digits. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns whether a text is 64 lower-case hexadecimal digits. */
    public static boolean isDigest(String text) {
        return text.length() == DIGITS
                && FileDigest.firstNonHex(text) == DIGITS
                && text.equals(text.toLowerCase(Locale.ROOT));
    }
}
