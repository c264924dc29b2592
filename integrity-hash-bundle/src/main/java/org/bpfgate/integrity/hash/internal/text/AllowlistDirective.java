package org.bpfgate.integrity.hash.internal.text;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.bpfgate.integrity.hash.internal.list.Validity;

/** The lines of a list that begin with {@code #!}: comments to other tools, but never ignored here. */
final class AllowlistDirective {
    private static final String FROM = "#!valid-from ";
    private static final String UNTIL = "#!valid-until ";

    private AllowlistDirective() {}

    /** Returns whether the line is one. */
    static boolean is(AllowlistLine line) {
        return line.text().startsWith("#!");
    }

    /**
     * Reads one.
     *
     * @param known what the lines before it said
     * @return that, narrowed
     * @throws AllowlistException for an unknown word, a time that is not RFC 3339, or an end before the beginning
     */
    static Validity apply(AllowlistLine line, Validity known) throws AllowlistException {
        Validity narrowed = known.and(read(line));
        if (narrowed.isEmpty()) {
            throw line.defect(0, "the list is valid at no time");
        }
        return narrowed;
    }

    private static Validity read(AllowlistLine line) throws AllowlistException {
        if (line.text().startsWith(FROM)) {
            return new Validity(time(line, FROM.length()), Validity.ALWAYS.until());
        }
        if (line.text().startsWith(UNTIL)) {
            return new Validity(Validity.ALWAYS.from(), time(line, UNTIL.length()));
        }
        throw line.defect(2, "expected \"valid-from \" or \"valid-until \" and a time after \"#!\"");
    }

    private static Instant time(AllowlistLine line, int start) throws AllowlistException {
        try {
            return Instant.parse(line.text().substring(start));
        } catch (DateTimeParseException e) {
            throw line.defect(start, "expected a time such as 2027-01-31T00:00:00Z");
        }
    }
}
