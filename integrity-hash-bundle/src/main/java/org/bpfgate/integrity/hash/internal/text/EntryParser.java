package org.bpfgate.integrity.hash.internal.text;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.integrity.hash.internal.list.AllowlistEntry;
import org.bpfgate.program.ProgramDigest;

/** Reads an entry; the format is that of {@link AllowlistReader}. */
final class EntryParser {
    /** The name of an entry that has none. */
    static final String UNNAMED = "(unnamed)";

    private static final int DIGITS = 2 * ProgramDigest.SIZE;

    /** What bpfgate prints before a digest. */
    private static final String ALGORITHM = "sha256:";

    private static final String COMMENT = " # ";

    /** A word of the comment that stands in the name, since the number sign before it is missing. */
    private static final Pattern MISPLACED = Pattern.compile("(?:^|[ #])(type|attach|source)=");

    private EntryParser() {}

    /**
     * Reads one line that is not a comment.
     *
     * @throws AllowlistException for the first defect, from left to right
     */
    static AllowlistEntry parse(AllowlistLine line) throws AllowlistException {
        String text = line.text();
        int start = text.startsWith(ALGORITHM) ? ALGORITHM.length() : 0;
        int end = start;
        while (end < text.length() && HexFormat.isHexDigit(text.charAt(end))) {
            end++;
        }
        if (end - start != DIGITS) {
            throw OtherForm.defect(line, start, end - start, DIGITS);
        }
        return parse(line, ProgramDigest.of(HexFormat.of().parseHex(text, start, end)), end);
    }

    /**
     * Reads the same when it is known that the line begins with these digits.
     *
     * @throws AllowlistException for the first defect behind the first 64 digits
     */
    static AllowlistEntry parse(AllowlistLine line, ProgramDigest digest) throws AllowlistException {
        return parse(line, digest, DIGITS);
    }

    private static AllowlistEntry parse(AllowlistLine line, ProgramDigest digest, int end) throws AllowlistException {
        String text = line.text();
        if (text.length() == end) {
            return entry(line, digest, UNNAMED, EntryComment.NONE);
        }
        if (text.startsWith(COMMENT, end)) {
            return entry(line, digest, UNNAMED, EntryComment.parse(line, end + COMMENT.length()));
        }
        requireSeparator(line, end);
        int start = end + 2;
        int comment = text.indexOf(COMMENT, start);
        String name = name(line, start, comment < 0 ? text.length() : comment);
        return entry(
                line,
                digest,
                name,
                comment < 0 ? EntryComment.NONE : EntryComment.parse(line, comment + COMMENT.length()));
    }

    private static AllowlistEntry entry(AllowlistLine line, ProgramDigest digest, String name, EntryComment facts) {
        return new AllowlistEntry(
                digest, name, facts.type(), facts.attach(), facts.source(), line.list(), line.number());
    }

    private static void requireSeparator(AllowlistLine line, int end) throws AllowlistException {
        String text = line.text();
        if (text.charAt(end) != ' ') {
            throw line.defect(end, "two spaces must follow the 64 digits of the digest");
        }
        if (text.length() == end + 1 || " *".indexOf(text.charAt(end + 1)) < 0) {
            throw line.defect(end + 1, "a second space, or an asterisk, must follow the digest");
        }
    }

    private static String name(AllowlistLine line, int start, int end) throws AllowlistException {
        if (end == start) {
            throw line.defect(start, "the name of the program is missing");
        }
        String name = line.text().substring(start, end);
        Matcher misplaced = MISPLACED.matcher(name);
        if (misplaced.find()) {
            String word = misplaced.group(1);
            throw line.defect(
                    start + misplaced.start(1),
                    word + "= stands in the name of the program; write it behind a number sign between blanks: NAME # "
                            + word + "=");
        }
        return name;
    }
}
