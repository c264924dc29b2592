package org.bpfgate.integrity.hash.internal.text;

import java.util.Optional;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What an entry tells beside digest and name; the format is that of {@link AllowlistReader}.
 *
 * @param type the type of the program, if it names one; {@code type=unspec} names none
 * @param attach its way of attaching, if told
 * @param source where it comes from, if told
 */
record EntryComment(
        @Nullable ProgramType type,
        @Nullable ListedAttach attach,
        @Nullable String source) {
    /** Tells nothing. */
    static final EntryComment NONE = new EntryComment(null, null, null);

    private static final String TYPE = "type=";
    private static final String ATTACH = "attach=";
    private static final String SOURCE = "source=";

    /**
     * Reads the end of a line.
     *
     * @param start the index behind the number sign and its space
     * @throws AllowlistException for a word that is none of the three or not in its order, an unknown type or attach type, a way of attaching
     *     without a type, or an empty source
     */
    static EntryComment parse(AllowlistLine line, int start) throws AllowlistException {
        int at = start;
        ProgramType type = null;
        ListedAttach attach = null;
        if (line.text().startsWith(TYPE, at)) {
            int end = end(line, at);
            type = type(line, at + TYPE.length(), end);
            at = end + 1;
        }
        if (line.text().startsWith(ATTACH, at)) {
            if (type == null) {
                throw line.defect(at, "attach= needs a type=TYPE before it");
            }
            int end = end(line, at);
            attach = attach(line, at + ATTACH.length(), end);
            if (attach.type() == ListedAttach.MEMBER && type != ProgramType.STRUCT_OPS) {
                throw line.defect(
                        at + ATTACH.length(), "members are of type=struct_ops only, not of type=" + type.label());
            }
            at = end + 1;
        }
        String source = at > line.text().length() ? null : source(line, at);
        return new EntryComment(type == ProgramType.UNSPEC ? null : type, attach, source);
    }

    private static int end(AllowlistLine line, int start) {
        int space = line.text().indexOf(' ', start);
        return space < 0 ? line.text().length() : space;
    }

    private static ProgramType type(AllowlistLine line, int start, int end) throws AllowlistException {
        String label = line.text().substring(start, end);
        Optional<ProgramType> type = ProgramType.byLabel(label);
        if (type.isEmpty()) {
            throw line.defect(start, "there is no program type \"" + label + "\"");
        }
        return type.get();
    }

    private static ListedAttach attach(AllowlistLine line, int start, int end) throws AllowlistException {
        String text = line.text().substring(start, end);
        Optional<ListedAttach> attach = ListedAttach.parse(text);
        if (attach.isEmpty()) {
            throw line.defect(
                    start,
                    text.startsWith("member")
                            ? "expected attach=member:STRUCT.MEMBER, such as member:tcp_congestion_ops.ssthresh, not \""
                                    + text + "\""
                            : "expected an attach type such as trace_fentry, none or a number, and a target behind a colon or"
                                    + " neither, not \"" + text + "\"");
        }
        return attach.get();
    }

    private static String source(AllowlistLine line, int start) throws AllowlistException {
        if (!line.text().startsWith(SOURCE, start)) {
            throw line.defect(
                    start, "expected type=TYPE, attach=ATTACH and source=TEXT, in this order, or some of them");
        }
        int value = start + SOURCE.length();
        if (value == line.text().length()) {
            throw line.defect(value, "the source is empty");
        }
        return line.text().substring(value);
    }
}
