package org.bpfgate.command.internal.io;

/** Makes texts that come from programs, files and clients fit for a terminal. */
public final class Printable {
    private Printable() {}

    /** Returns the text with a question mark for each control character, so that it forges no second line and drives no terminal. */
    public static String of(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return clean.toString();
    }
}
