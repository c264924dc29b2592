package org.bpfgate.integrity.hash.internal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream into lines. Every byte of a list is looked at here, so this also finds out which lines are plain: they have only
 * the characters from space to tilde of ASCII, which are visible and need no decoder. For one thread.
 */
final class LineInput {
    /** Bytes read at once. */
    private static final int SIZE = 1 << 18;

    /** The value of each lower-case hexadecimal digit, -1 of any other byte. */
    private static final byte[] VALUES = values();

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[SIZE];
    private int filled;
    private boolean ended;
    private int start;
    private int end;
    private int next;
    private boolean plain;

    /**
     * Makes an input that stands before the first line.
     *
     * @param longest bytes that a line may have, far fewer than are read at once
     */
    LineInput(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    private static byte[] values() {
        byte[] values = new byte[1 << Byte.SIZE];
        Arrays.fill(values, (byte) -1);
        for (byte i = 0; i < 16; i++) {
            values[Character.forDigit(i, 16)] = i;
        }
        return values;
    }

    /**
     * Goes to the next line; after one that is too long nothing of use follows.
     *
     * @return whether there is one; nothing after the last line feed is no line
     */
    boolean advance() throws IOException {
        if (filled - next <= longest && !ended) {
            fill();
        }
        start = next;
        int most = Math.min(filled, start + longest + 1);
        // Negative once a byte was less than a space, as those of other alphabets are, being signed, or more than a
        // tilde.
        int odd = 0;
        int at = start;
        while (at < most && buffer[at] != '\n') {
            odd |= (buffer[at] - ' ') | ('~' - buffer[at]);
            at++;
        }
        plain = odd >= 0;
        end = at;
        next = Math.min(at + 1, filled);
        return start < filled;
    }

    private void fill() throws IOException {
        filled -= next;
        System.arraycopy(buffer, next, buffer, 0, filled);
        next = 0;
        int read = in.readNBytes(buffer, filled, SIZE - filled);
        ended = read < SIZE - filled;
        filled += read;
    }

    boolean isTooLong() {
        return end - start > longest;
    }

    boolean isPlain() {
        return plain;
    }

    /**
     * Reads a digest at the beginning of the line.
     *
     * @param target takes its 32 bytes, or anything when there is none
     * @return whether the line begins with 64 lower-case hexadecimal digits, and no more than these
     */
    boolean readDigest(byte[] target) {
        if (end - start < 2 * target.length) {
            return false;
        }
        int bad = 0;
        int at = start;
        for (int i = 0; i < target.length; i++) {
            int high = VALUES[buffer[at++] & 0xff];
            int low = VALUES[buffer[at++] & 0xff];
            bad |= high | low;
            target[i] = (byte) (high << 4 | low);
        }
        return bad >= 0 && (at == end || VALUES[buffer[at] & 0xff] < 0);
    }

    /** Returns a plain line. */
    String text() {
        return new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes of the line, which change with the next call of {@link #advance}. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(buffer, start, end - start);
    }
}
