package org.bpfgate.integrity.sig.internal.x509;

import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bpfgate.integrity.sig.internal.asn1.Der;

/** Writes names for people. Names are never compared in this form. */
public final class DistinguishedName {
    /** Longer names are cut: they come from the message and end in a line of text. */
    private static final int MAX_TEXT = 256;

    private DistinguishedName() {}

    /**
     * Writes a name.
     *
     * @param content the content bytes of a Name
     * @return its form of RFC 4514 without control characters, or the bytes in hexadecimal digits if it has none
     */
    public static String text(byte[] content) {
        String text;
        try {
            text = printable(new X500Principal(Der.sequence(content)).getName());
        } catch (IllegalArgumentException e) {
            text = "name " + HexFormat.of().formatHex(content);
        }
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    /** A name may hold any character, such as a line feed or a terminal's escape. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (isUnprintable(clean.charAt(i))) {
                clean.setCharAt(i, '\ufffd');
            }
        }
        return clean.toString();
    }

    private static boolean isUnprintable(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
