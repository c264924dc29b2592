package org.bpfgate.audit;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One record of an event as the kernel writes it. An event may have several, all with the same number.
 *
 * @param type the kind of the record
 * @param text what follows {@code type=… audit(…): }, one line, one character per byte (ISO 8859-1)
 */
public record KernelLine(AuditType type, String text) {
    /** Refuses nulls. */
    public KernelLine {
        Objects.requireNonNull(type);
        Objects.requireNonNull(text);
    }

    /**
     * Writes a text that somebody else chose, {@code audit_log_untrustedstring()} of {@code kernel/audit.c}: in quotes when it consists
     * of printable ASCII without quotes and blanks, else as hexadecimal digits, so that nobody can forge a record by a name.
     */
    public static String untrusted(String text) {
        return untrusted(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes that somebody else chose; see {@link #untrusted(String)}. */
    public static String untrusted(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0x21 || each > 0x7e || each == '"') {
                return HexFormat.of().withUpperCase().formatHex(bytes);
            }
        }
        return '"' + new String(bytes, StandardCharsets.US_ASCII) + '"';
    }
}
