package org.bpfgate.integrity.hash.internal;

import java.util.HexFormat;
import org.bpfgate.program.ProgramDigest;

/** Reads an entry; the format is that of {@link AllowlistReader}. */
final class EntryParser {
    private static final int DIGITS = 2 * ProgramDigest.SIZE;

    /** After the digits: a space, and a space or an asterisk. */
    private static final int NAME = DIGITS + 2;

    private static final String COMMENT = " # ";

    private EntryParser() {}

    /**
     * Reads one line that is not a comment.
     *
     * @throws AllowlistException for the first defect, from left to right
     */
    static ListEntry parse(ListLine line) throws AllowlistException {
        return parse(line, digest(line));
    }

    /**
     * Reads the same when it is known that the line begins with these digits.
     *
     * @throws AllowlistException for the first defect behind the first 64 digits
     */
    static ListEntry parse(ListLine line, ProgramDigest digest) throws AllowlistException {
        requireSeparator(line);
        int comment = line.text().indexOf(COMMENT, NAME);
        String name = name(line, comment < 0 ? line.text().length() : comment);
        EntryComment facts = comment < 0 ? EntryComment.NONE : EntryComment.parse(line, comment + COMMENT.length());
        return new ListEntry(digest, name, facts.type(), facts.attach(), facts.source(), line.list(), line.number());
    }

    private static ProgramDigest digest(ListLine line) throws AllowlistException {
        int digits = 0;
        while (digits < line.text().length() && isDigit(line.text().charAt(digits))) {
            digits++;
        }
        if (digits == DIGITS) {
            return ProgramDigest.of(HexFormat.of().parseHex(line.text(), 0, DIGITS));
        }
        throw line.defect(Math.min(digits, DIGITS), digitDefect(line.text(), digits));
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static String digitDefect(String text, int digits) {
        if (digits < text.length() && text.charAt(digits) >= 'A' && text.charAt(digits) <= 'F') {
            return "the digest has an upper-case digit; write it in lower case";
        }
        return digits == 0
                ? "the line does not begin with a digest of 64 hexadecimal digits"
                : "the digest has " + digits + " hexadecimal digits, not 64";
    }

    private static void requireSeparator(ListLine line) throws AllowlistException {
        String text = line.text();
        if (text.length() == DIGITS) {
            throw line.defect(DIGITS, "the name of the program is missing");
        }
        if (text.charAt(DIGITS) != ' ') {
            throw line.defect(DIGITS, "two spaces must follow the 64 digits of the digest");
        }
        if (text.length() == DIGITS + 1 || " *".indexOf(text.charAt(DIGITS + 1)) < 0) {
            throw line.defect(DIGITS + 1, "a second space, or an asterisk, must follow the digest");
        }
    }

    private static String name(ListLine line, int end) throws AllowlistException {
        if (end == NAME) {
            throw line.defect(NAME, "the name of the program is missing");
        }
        return line.text().substring(NAME, end);
    }
}
