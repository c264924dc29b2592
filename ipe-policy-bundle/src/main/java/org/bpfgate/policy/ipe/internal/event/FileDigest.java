package org.bpfgate.policy.ipe.internal.event;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * A digest with the name of its algorithm, {@code struct digest_info}. As in the kernel the name is compared as it is
 * written, and neither the name nor the length is checked: a digest that no algorithm makes never equals a real one.
 *
 * @param algorithm the name, case-sensitive; may be empty
 * @param hex the bytes as hexadecimal digits, two each; kept in lower case; may be empty
 */
public record FileDigest(String algorithm, String hex) {
    /** Refuses what is not hexadecimal with an {@link IllegalArgumentException}. */
    public FileDigest {
        Objects.requireNonNull(algorithm);
        if (hex.length() % 2 != 0 || firstNonHex(hex) < hex.length()) {
            throw new IllegalArgumentException("not pairs of hexadecimal digits: \"" + hex + "\"");
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** Returns the index of the first character that is no hexadecimal digit; the length when all are. */
    public static int firstNonHex(String text) {
        int at = 0;
        while (at < text.length() && HexFormat.isHexDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Returns the form of the language, {@code algorithm:hex}. */
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
