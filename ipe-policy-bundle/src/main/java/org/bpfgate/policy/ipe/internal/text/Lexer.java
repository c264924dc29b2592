package org.bpfgate.policy.ipe.internal.text;

import java.util.ArrayList;
import java.util.List;

/** The words of a line, one at a time. Blanks and TABs part them, nothing else does. */
public final class Lexer {
    private final Line line;
    private Word current;
    private int next;

    /** Begins with the first word; a {@link Line} has one. */
    public Lexer(Line line) {
        this.line = line;
        current = read();
    }

    /** Returns all words of a line. */
    public static List<Word> of(Line line) {
        Lexer words = new Lexer(line);
        List<Word> all = new ArrayList<>();
        all.add(words.current());
        while (!words.isLast()) {
            all.add(words.advance());
        }
        return all;
    }

    /** Returns the word that the reading has come to. */
    public Word current() {
        return current;
    }

    /** Returns whether no word follows. */
    public boolean isLast() {
        return next == line.text().length();
    }

    /** Goes on to the word that follows. */
    public Word advance() {
        current = read();
        return current;
    }

    private Word read() {
        int start = skip(next, true);
        int end = skip(start, false);
        next = skip(end, true);
        return new Word(line.text().substring(start, end), line.number(), start + 1);
    }

    private int skip(int from, boolean separators) {
        int at = from;
        while (at < line.text().length() && isSeparator(line.text().charAt(at)) == separators) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t';
    }
}
