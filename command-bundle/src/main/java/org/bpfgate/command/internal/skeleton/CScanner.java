package org.bpfgate.command.internal.skeleton;

import java.nio.charset.StandardCharsets;
import org.bpfgate.command.internal.io.InputException;

/**
 * Splits C source into tokens: names, numbers, string literals and single characters. Comments and preprocessor lines are
 * skipped. The scanner stands on one token, and {@link #next()} moves it to the next one.
 */
final class CScanner {
    /** The kinds of token. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        PUNCTUATION,
        END
    }

    private final CSource source;
    private final CLiteral literal;
    private final ByteBuilder text = new ByteBuilder();
    private Kind kind = Kind.END;
    private int place;
    private boolean atLineStart = true;

    /** Stands on the first token. */
    CScanner(CSource source) throws InputException {
        this.source = source;
        this.literal = new CLiteral(source);
        next();
    }

    Kind kind() {
        return kind;
    }

    /** Returns the spelling of the token, but the value of a string literal read as one byte per character. */
    String text() {
        return new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes of a string literal. */
    byte[] bytes() {
        return text.toByteArray();
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.size() == name.length() && text().equals(name);
    }

    boolean isPunctuation(char character) {
        return kind == Kind.PUNCTUATION && text.first() == character;
    }

    /** Returns where the token starts, for {@link #fault(int, String)}. */
    int place() {
        return place;
    }

    /** Moves to the next token; stays at the end. */
    void next() throws InputException {
        skipBlank();
        text.clear();
        place = source.place();
        int c = source.peek();
        if (c == CSource.END) {
            kind = Kind.END;
        } else if (c == '"') {
            kind = Kind.STRING;
            literal.read(text);
        } else if (isNameStart(c)) {
            takeWord(Kind.NAME);
        } else if (isDigit(c)) {
            takeWord(Kind.NUMBER);
        } else {
            takeCharacter();
        }
        atLineStart = false;
    }

    /** Moves past a character that must come now. */
    void expect(char character) throws InputException {
        if (!isPunctuation(character)) {
            throw fault(place, "expected '" + character + "'");
        }
        next();
    }

    /** Moves past a character if it comes now. */
    boolean skip(char character) throws InputException {
        boolean same = isPunctuation(character);
        if (same) {
            next();
        }
        return same;
    }

    InputException fault(int where, String what) {
        return source.fault(where, what);
    }

    private void takeWord(Kind word) {
        kind = word;
        while (isNameStart(source.peek()) || isDigit(source.peek())) {
            text.add(source.take());
        }
    }

    private void takeCharacter() throws InputException {
        kind = Kind.PUNCTUATION;
        int c = source.take();
        text.add(c);
        if (c == '\'') {
            skipCharacterConstant();
        }
    }

    /** No size or byte is ever written as a character constant; it must only not hide a quotation mark. */
    private void skipCharacterConstant() throws InputException {
        int c = source.take();
        while (c != '\'') {
            if (c == '\\') {
                c = source.take();
            }
            if (c == CSource.END || c == '\n') {
                throw fault(place, "a character constant does not end");
            }
            c = source.take();
        }
    }

    private void skipBlank() throws InputException {
        while (true) {
            int c = source.peek();
            if (c == '\n') {
                atLineStart = true;
                source.take();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b) {
                source.take();
            } else if (c == '#' && atLineStart) {
                skipLine();
            } else if (c == '/') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (source.peek() != '\n' && source.peek() != CSource.END) {
            source.take();
        }
    }

    /** A slash that starts no comment is skipped as well: a division has no part in what is looked for. */
    private void skipComment() throws InputException {
        int start = source.place();
        source.take();
        if (source.takeIf('/')) {
            skipLine();
        } else if (source.takeIf('*')) {
            skipBlockComment(start);
        }
    }

    private void skipBlockComment(int start) throws InputException {
        int before = 0;
        int c = source.take();
        while (before != '*' || c != '/') {
            if (c == CSource.END) {
                throw fault(start, "a comment does not end");
            }
            before = c;
            c = source.take();
        }
    }

    private static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
