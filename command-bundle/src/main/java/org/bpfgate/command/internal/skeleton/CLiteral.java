package org.bpfgate.command.internal.skeleton;

import org.bpfgate.command.internal.io.InputException;

/** Reads string literals of C (C17 6.4.4.4 and 6.4.5) into the bytes that a compiler makes of them. */
final class CLiteral {
    private static final int MAX_OCTAL_DIGITS = 3;
    private static final int MAX_BYTE = 0xff;

    private final CSource source;

    CLiteral(CSource source) {
        this.source = source;
    }

    /**
     * Takes a literal, from its first quotation mark to its last one.
     *
     * @param value gets the bytes, without the zero byte that a compiler adds
     * @throws InputException when the end quotation mark is missing on the line, or an escape is broken
     */
    void read(ByteBuilder value) throws InputException {
        int start = source.place();
        source.take();
        while (true) {
            int place = source.place();
            int c = source.take();
            if (c == '"') {
                return;
            }
            if (c == CSource.END || c == '\n') {
                throw source.fault(start, "a string literal does not end");
            }
            value.add(c == '\\' ? escape(place) : c);
        }
    }

    private int escape(int place) throws InputException {
        int c = source.peek();
        if (octal(c) >= 0) {
            return octalEscape(place);
        }
        source.take();
        return switch (c) {
            case 'x' -> hexEscape(place);
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case '\\', '"', '\'', '?' -> c;
            default -> throw source.fault(place, "an unknown escape in a string literal");
        };
    }

    private int octalEscape(int place) throws InputException {
        int value = 0;
        for (int i = 0; i < MAX_OCTAL_DIGITS && octal(source.peek()) >= 0; i++) {
            value = value * 8 + octal(source.take());
        }
        return byteValue(value, place);
    }

    /** A hexadecimal escape takes every digit that follows, so a long one does not fit a byte. */
    private int hexEscape(int place) throws InputException {
        if (hex(source.peek()) < 0) {
            throw source.fault(place, "an escape without hexadecimal digits");
        }
        int value = 0;
        while (hex(source.peek()) >= 0) {
            value = byteValue(value * 16 + hex(source.take()), place);
        }
        return value;
    }

    private int byteValue(int value, int place) throws InputException {
        if (value > MAX_BYTE) {
            throw source.fault(place, "an escape that does not fit a byte");
        }
        return value;
    }

    private static int octal(int c) {
        return c >= '0' && c <= '7' ? c - '0' : -1;
    }

    private static int hex(int c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }
}
