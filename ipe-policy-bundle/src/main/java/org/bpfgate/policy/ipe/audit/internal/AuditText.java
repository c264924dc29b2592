package org.bpfgate.policy.ipe.audit.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How audit records write single values. Texts have one character per byte. */
final class AuditText {
    /** Stands for a value that there is none of. */
    static final String ABSENT = "?";

    private AuditText() {}

    /**
     * Writes a text that somebody else chose, {@code audit_log_untrustedstring()}: in quotes when it consists of printable ASCII
     * without quotes and blanks, else as hexadecimal digits, so that nobody can forge a record by a name.
     */
    static String untrusted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7e || c == '"') {
                return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return '"' + text + '"';
    }

    /** Writes a switch. */
    static char bit(boolean on) {
        return on ? '1' : '0';
    }
}
