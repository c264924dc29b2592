package org.bpfgate.policy.ipe.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a policy one by one, without those that are empty. LF and CR each end a line; for the count,
 * CRLF is one end, as editors have it, which makes no other difference.
 */
public final class PolicyLines {
    private final String text;
    private int at;
    private int number;

    /** Reads a text with one character per byte. */
    public PolicyLines(String text) {
        this.text = text;
    }

    /** Returns the next line that is not empty without its comment; null at the end. */
    public @Nullable Line next() {
        while (at < text.length()) {
            String line = withoutComment(read());
            if (!line.isEmpty()) {
                return new Line(number, line);
            }
        }
        return null;
    }

    /** Returns the next line with its comment and white space; null at the end. */
    public @Nullable String nextRaw() {
        return at < text.length() ? read() : null;
    }

    private String read() {
        int start = at;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
        String line = text.substring(start, at);
        at += text.startsWith("\r\n", at) ? 2 : 1;
        number++;
        return line;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        int end = comment < 0 ? line.length() : comment;
        while (end > 0 && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end);
    }

    /** What the kernel's {@code isspace()} trims: TAB to CR, the blank, and the no-break space of ISO 8859-1. */
    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == ' ' || c == '\u00a0';
    }
}
