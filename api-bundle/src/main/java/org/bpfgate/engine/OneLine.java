package org.bpfgate.engine;

/** Keeps a text on one line of the log, whatever a module, a file or an exception put into it. */
public final class OneLine {
    private OneLine() {}

    /** Returns the text with a space for each control character or line separator, and so for each line break. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(breaks(c) ? ' ' : c));
        return line.toString();
    }

    /** Returns what an exception says of itself; one that cannot is told by its class. */
    public static String of(Throwable thrown) {
        try {
            return of(String.valueOf(thrown));
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    private static boolean breaks(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
