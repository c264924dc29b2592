package org.bpfgate.policy.ipe.internal.parser;

import java.util.Arrays;
import java.util.Locale;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.PolicyLines;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * How a policy names its own dialect: {@code # dialect: bpfgate}.
 *
 * <p>Only the first line of the text with a byte other than blanks and TABs is looked at. It names a dialect when it
 * consists, from left to right, of {@code #}, {@code dialect:} and the label of a {@link Dialect}, all in lower case; any number
 * of blanks and TABs may stand before, between and after these three. A comment that was probably meant as such a line and is
 * none is an error: the policy would be read in another dialect than its author thinks. Everything else is an ordinary comment,
 * as it is to a kernel.
 *
 * @param dialect the dialect that the text names; {@link Dialect#OPS8} when it names none
 * @param error the error of a line that was meant to name one; null when there is none
 */
record DialectComment(Dialect dialect, @Nullable Diagnostic error) {
    private static final String WORD = "dialect";
    private static final String KEY = WORD + ":";

    /** Returns the dialect that a text names. */
    static DialectComment of(String text) {
        PolicyLines lines = new PolicyLines(text);
        int number = 1;
        String line = lines.nextRaw();
        while (line != null && strip(line).isEmpty()) {
            line = lines.nextRaw();
            number++;
        }
        return line == null ? new DialectComment(Dialect.OPS8, null) : of(line, number);
    }

    private static DialectComment of(String line, int number) {
        Dialect named = named(strip(line));
        String meant = named == null ? meant(line) : null;
        Dialect dialect = named == null ? Dialect.OPS8 : named;
        return new DialectComment(dialect, meant == null ? null : error(line, number, meant));
    }

    private static Diagnostic error(String line, int number, String meant) {
        return new Diagnostic(
                Errno.EBADMSG,
                number,
                line.indexOf('#') + 1,
                "the comment is meant to name the dialect of the policy, and does not; the form is # dialect: "
                        + String.join("|", labels()),
                meant.isEmpty() ? null : meant);
    }

    private static @Nullable Dialect named(String line) {
        if (!line.startsWith("#")) {
            return null;
        }
        String comment = strip(line.substring(1));
        return comment.startsWith(KEY) ? Dialect.byLabel(strip(comment.substring(KEY.length()))) : null;
    }

    /** Returns whether a comment names a dialect, or is meant to. */
    static boolean isMeant(String comment) {
        return named(strip(comment)) != null || meant(comment) != null;
    }

    /**
     * Returns what was meant by a comment that names no dialect.
     *
     * @return the right form, or empty text when the dialect cannot be guessed; null for an ordinary comment
     */
    private static @Nullable String meant(String line) {
        String comment = strip(line).replaceFirst("^#+", "");
        if (comment.length() == strip(line).length()) {
            return null;
        }
        String[] words = comment.replace(':', ' ').replace('=', ' ').trim().split("[ \t]+", 3);
        String key = words[0].toLowerCase(Locale.ROOT);
        if (Suggestion.of(key, WORD) == null) {
            return null;
        }
        String label = words.length < 2 ? null : Suggestion.of(words[1], labels());
        if (label != null) {
            return "# " + KEY + " " + label;
        }
        return key.equals(WORD) && strip(comment).startsWith(KEY) ? "" : null;
    }

    private static String[] labels() {
        return Arrays.stream(Dialect.values()).map(Dialect::label).toArray(String[]::new);
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
