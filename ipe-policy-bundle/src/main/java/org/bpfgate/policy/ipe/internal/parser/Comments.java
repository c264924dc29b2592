package org.bpfgate.policy.ipe.internal.parser;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.policy.ipe.internal.text.PolicyLines;

/** Finds comments that are probably meant as something else. */
public final class Comments {
    private Comments() {}

    /**
     * A comment that is meant to name the dialect of the policy and stands behind its first line, where it is not read.
     *
     * @param line counted from 1
     * @param column in bytes, counted from 1
     */
    public record Misplaced(int line, int column) {}

    /** Returns these comments of a text; the first line that is not blank is none of them. */
    static List<Misplaced> misplaced(String text) {
        List<Misplaced> found = new ArrayList<>();
        PolicyLines lines = new PolicyLines(text);
        boolean first = true;
        int number = 1;
        for (String line = lines.nextRaw(); line != null; line = lines.nextRaw(), number++) {
            int sign = line.indexOf('#');
            if (!first && sign >= 0 && DialectComment.isMeant(line.substring(sign))) {
                found.add(new Misplaced(number, sign + 1));
            }
            first &= line.isBlank();
        }
        return found;
    }
}
