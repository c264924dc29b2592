package org.bpfgate.policy.ipe.internal.audit;

import java.util.Locale;
import java.util.StringTokenizer;

/** The line of a policy as the kernel prints it: from what it read, not as it was written. */
final class RuleText {
    private RuleText() {}

    /**
     * Words a line.
     *
     * @param line a rule or default that a policy was read from, without its comment
     * @return its words with one blank between them; a digest with the algorithm's name as an untrusted text, in quotes inside
     *     of the quotes of the record, and its hexadecimal digits in upper case
     */
    static String of(String line) {
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
        return word.substring(0, value) + AuditText.untrusted(word.substring(value, colon)) + ":" + hex;
    }
}
