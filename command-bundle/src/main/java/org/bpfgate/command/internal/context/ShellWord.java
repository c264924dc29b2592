package org.bpfgate.command.internal.context;

import java.nio.file.Path;

/** Words for a POSIX shell. */
public final class ShellWord {
    private static final String PLAIN = "%+,-./:=@_";

    private ShellWord() {}

    /** Returns a text as one word: as it is where no character means anything to a shell, else in single quotes. */
    public static String of(String text) {
        return !text.isEmpty() && text.chars().allMatch(ShellWord::isPlain)
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Returns a path as one word that no command takes for an option. */
    public static String of(Path path) {
        String text = path.toString();
        return of(text.startsWith("-") ? "./" + text : text);
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
    }
}
