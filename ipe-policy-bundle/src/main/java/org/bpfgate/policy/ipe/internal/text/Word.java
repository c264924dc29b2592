package org.bpfgate.policy.ipe.internal.text;

import org.bpfgate.hook.Errno;
import org.jspecify.annotations.Nullable;

/**
 * One word of a line and its place.
 *
 * @param text the bytes of the word, one character each; not empty
 * @param line counted from 1
 * @param column in bytes, counted from 1
 */
public record Word(String text, int line, int column) {
    /** The longest part of a word that an error repeats, in bytes. */
    public static final int MAX_QUOTE = 48;

    /** Returns the column behind the last byte. */
    public int end() {
        return column + text.length();
    }

    /** Returns what stands before the first {@code =}; all of the word when there is none. */
    public String key() {
        int end = text.indexOf('=');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Returns what stands behind a beginning; empty when the word has another beginning. */
    public String valueAfter(String beginning) {
        return text.startsWith(beginning) ? text.substring(beginning.length()) : "";
    }

    /** An error at the beginning of this word with what was expected in its place. */
    public PolicySyntaxException notThe(String expected) {
        return notThe(expected, null);
    }

    /** As {@link #notThe(String)}, with what was probably meant, if it is known. */
    public PolicySyntaxException notThe(String expected, @Nullable String suggestion) {
        String problem = "expected " + expected + ", found " + quoted();
        return new PolicySyntaxException(new Diagnostic(Errno.EBADMSG, line, column, problem, suggestion));
    }

    /** An error at a byte of this word. */
    public PolicySyntaxException error(Errno errno, int offset, String problem) {
        return new PolicySyntaxException(new Diagnostic(errno, line, column + offset, problem, null));
    }

    /** Returns the word for messages: shortened, with bytes outside printable ASCII as {@code \xHH}. */
    public String quoted() {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MAX_QUOTE); i++) {
            appendPrintable(quoted, text.charAt(i));
        }
        return quoted.append(text.length() > MAX_QUOTE ? "…\"" : "\"").toString();
    }

    private static void appendPrintable(StringBuilder to, char c) {
        if (c > ' ' && c <= '~') {
            to.append(c);
        } else {
            to.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
        }
    }
}
