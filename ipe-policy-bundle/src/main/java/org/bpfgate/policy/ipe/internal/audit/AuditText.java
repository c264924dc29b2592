package org.bpfgate.policy.ipe.internal.audit;

import java.nio.charset.StandardCharsets;
import org.bpfgate.audit.KernelLine;

/** How audit records write single values. Texts have one character per byte. */
final class AuditText {
    /** Stands for a value that there is none of. */
    static final String ABSENT = "?";

    private AuditText() {}

    /** Writes a text that somebody else chose; see {@link KernelLine#untrusted(byte[])}. */
    static String untrusted(String text) {
        return KernelLine.untrusted(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes a switch. */
    static char bit(boolean on) {
        return on ? '1' : '0';
    }
}
