package org.bpfgate.integrity.hash.internal;

import java.util.Optional;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What an entry tells beside digest and name; the format is that of {@link AllowlistReader}.
 *
 * @param type the type of the program, if told
 * @param source where it comes from, if told
 */
record EntryComment(@Nullable ProgramType type, @Nullable String source) {
    /** Tells nothing. */
    static final EntryComment NONE = new EntryComment(null, null);

    private static final String TYPE = "type=";
    private static final String SOURCE = "source=";

    /**
     * Reads the end of a line.
     *
     * @param start the index behind the number sign and its space
     * @throws AllowlistException for a word that is neither of the two, an unknown type or an empty source
     */
    static EntryComment parse(ListLine line, int start) throws AllowlistException {
        String text = line.text();
        if (!text.startsWith(TYPE, start)) {
            return new EntryComment(null, source(line, start));
        }
        int end = text.indexOf(' ', start);
        return end < 0
                ? new EntryComment(type(line, start, text.length()), null)
                : new EntryComment(type(line, start, end), source(line, end + 1));
    }

    private static ProgramType type(ListLine line, int start, int end) throws AllowlistException {
        int value = start + TYPE.length();
        String label = line.text().substring(value, end);
        Optional<ProgramType> type = ProgramType.byLabel(label);
        if (type.isEmpty()) {
            throw line.defect(value, "there is no program type \"" + label + "\"");
        }
        return type.get();
    }

    private static String source(ListLine line, int start) throws AllowlistException {
        if (!line.text().startsWith(SOURCE, start)) {
            throw line.defect(start, "expected type=TYPE and then source=TEXT, or one of them");
        }
        int value = start + SOURCE.length();
        if (value == line.text().length()) {
            throw line.defect(value, "the source is empty");
        }
        return line.text().substring(value);
    }
}
