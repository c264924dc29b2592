package org.bpfgate.command.internal.signature;

import java.io.ByteArrayOutputStream;

/**
 * What {@code openssl cms -sign} signs of a file without {@code -binary} ({@code SMIME_crlf_copy()} of {@code crypto/asn1/asn_mime.c}):
 * each line without line ends behind it, then CR LF. It reads lines as C strings, so that a line ends at its first zero byte, and the
 * text at a line that begins with one; of a program only the first bytes are left.
 */
final class OpenSslText {
    /** {@code MAX_SMLEN} less the zero byte behind a string: a longer line is read in pieces. */
    private static final int MAX_LINE = 1023;

    private OpenSslText() {}

    /** Returns the text of a file. */
    static byte[] of(byte[] file) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int start = 0;
        while (start < file.length) {
            int end = endOfLine(file, start);
            int length = lengthOfString(file, start, end);
            if (length == 0) {
                break;
            }
            write(text, file, start, start + length);
            start = end;
        }
        return text.toByteArray();
    }

    /** Behind the next line feed, or the piece that is read at once. */
    private static int endOfLine(byte[] file, int start) {
        int limit = Math.min(file.length, start + MAX_LINE);
        int end = start;
        while (end < limit && file[end] != '\n') {
            end++;
        }
        return end < limit ? end + 1 : limit;
    }

    private static int lengthOfString(byte[] file, int start, int end) {
        int at = start;
        while (at < end && file[at] != 0) {
            at++;
        }
        return at - start;
    }

    private static void write(ByteArrayOutputStream text, byte[] file, int start, int end) {
        int last = end;
        boolean endsLine = false;
        while (last > start && (file[last - 1] == '\n' || file[last - 1] == '\r')) {
            endsLine |= file[last - 1] == '\n';
            last--;
        }
        text.write(file, start, last - start);
        if (endsLine) {
            text.write('\r');
            text.write('\n');
        }
    }
}
