package org.bpfgate.integrity.hash.internal.text;

import java.nio.file.Path;
import java.util.HexFormat;

/**
 * One line of a list, and where it stands, so that each defect is reported with its place.
 *
 * @param list the file
 * @param number the line, counted from 1
 * @param text its characters, without the line feed
 */
record AllowlistLine(Path list, int number, String text) {
    /** Returns whether the line is empty or a comment. */
    boolean isComment() {
        return text.isEmpty() || text.charAt(0) == '#';
    }

    /**
     * Makes the error for what is wrong in this line.
     *
     * @param at the index in the text
     * @param what what is wrong there
     */
    AllowlistException defect(int at, String what) {
        return new AllowlistException(list, number, text.codePointCount(0, at) + 1, what);
    }

    /**
     * Refuses what people who review the list cannot see: control characters, and format characters such as the ones that
     * reverse the direction of writing.
     */
    void requireVisible() throws AllowlistException {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (character == '\r' && at == text.length() - 1) {
                throw defect(
                        at,
                        "the line ends with a carriage return, as on Windows; take them away: sed -i 's/\\r$//' "
                                + list);
            }
            if (isInvisible(character)) {
                throw defect(at, "invisible character " + unicode(character));
            }
            at += Character.charCount(character);
        }
    }

    private static boolean isInvisible(int character) {
        int category = Character.getType(character);
        return category == Character.CONTROL || category == Character.FORMAT;
    }

    /** All such characters have at most five digits. */
    private static String unicode(int character) {
        return "U+" + HexFormat.of().withUpperCase().toHexDigits(character, character > 0xffff ? 5 : 4);
    }
}
