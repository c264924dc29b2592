package org.bpfgate.policy.ipe.internal.audit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringTokenizer;
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

    /**
     * Returns the line of a policy as the kernel prints it: from what it read, not as it was written.
     *
     * @param line a rule or default that a policy was read from, without its comment
     * @return its words with one blank between them; a digest with the algorithm's name as an untrusted text, in quotes inside
     *     of the quotes of the record, and its hexadecimal digits in upper case
     */
    static String rule(String line) {
        StringBuilder text = new StringBuilder();
        for (StringTokenizer words = new StringTokenizer(line, " \t"); words.hasMoreTokens(); ) {
            text.append(text.isEmpty() ? "" : " ").append(word(words.nextToken()));
        }
        return text.toString();
    }

    private static String word(String word) {
        if (!word.startsWith("dmverity_roothash=") && !word.startsWith("fsverity_digest=")) {
            return word;
        }
        int value = word.indexOf('=') + 1;
        int colon = word.indexOf(':');
        String hex = word.substring(colon + 1).toUpperCase(Locale.ROOT);
        return word.substring(0, value) + untrusted(word.substring(value, colon)) + ":" + hex;
    }
}
