package org.bpfgate.policy.ipe.parser.internal;

import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * How a policy names its own dialect: {@code # dialect: bpfgate}.
 *
 * <p>Only the first line of the text with a byte other than blanks and TABs is looked at. It names a dialect when it
 * consists, from left to right, of {@code #}, {@code dialect:} and {@code ops7}, {@code ops8} or {@code bpfgate}, all in
 * lower case; any number of blanks and TABs may stand before, between and after these three. Everything else is an
 * ordinary comment, as it is to a kernel.
 */
final class DialectComment {
    private static final String KEY = "dialect:";

    private DialectComment() {}

    /** Returns the dialect that a text names, or {@link Dialect#OPS8} when it names none. */
    static Dialect of(String text) {
        PolicyLines lines = new PolicyLines(text);
        String line = lines.nextRaw();
        while (line != null && strip(line).isEmpty()) {
            line = lines.nextRaw();
        }
        Dialect named = line == null ? null : named(strip(line));
        return named == null ? Dialect.OPS8 : named;
    }

    private static @Nullable Dialect named(String line) {
        if (!line.startsWith("#")) {
            return null;
        }
        String comment = strip(line.substring(1));
        return comment.startsWith(KEY) ? Dialect.byLabel(strip(comment.substring(KEY.length()))) : null;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
