package org.bpfgate.command.internal.list;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.program.ProgramType;

/**
 * What makes two loads one entry of a list.
 *
 * @param digest the digest of the program, 64 digits
 * @param type the name of its type; empty for every type
 * @param attach its way of attaching as a list has it; empty for every one
 */
public record EntryKey(String digest, String type, String attach) {
    private static final Pattern LINE =
            Pattern.compile("(?:sha256:)?([0-9a-fA-F]{64})(?:  ?.*?)?(?: # (?:type=(\\S+))?(?: ?attach=(\\S+))?.*)?");

    /** Reads a line of a text list; empty when it is no entry. */
    public static Optional<EntryKey> of(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new EntryKey(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        orEmpty(matcher.group(2)).replace(ProgramType.UNSPEC.label(), ""),
                        orEmpty(matcher.group(3))))
                : Optional.empty();
    }

    /** Returns whether one of these entries lets in whatever this one does: an entry that says less counts for more. */
    public boolean isCoveredBy(Set<EntryKey> entries) {
        return entries.contains(this)
                || entries.contains(new EntryKey(digest, type, ""))
                || entries.contains(new EntryKey(digest, "", ""));
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }
}
