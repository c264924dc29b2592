package org.bpfgate.integrity.hash.internal.list;

import java.nio.file.Path;
import java.util.Objects;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * One program on a list.
 *
 * @param digest what it is known by
 * @param name its name; never empty
 * @param type its type, where the list names it: the entry counts for loads of that type
 * @param attach its way of attaching, where the list names it
 * @param source where its author says it comes from; for users only
 * @param list the file it stands in
 * @param line the line in that file, counted from 1
 */
public record AllowlistEntry(
        ProgramDigest digest,
        String name,
        @Nullable ProgramType type,
        @Nullable ListedAttach attach,
        @Nullable String source,
        Path list,
        int line) {
    /** Refuses nulls, an empty name and lines before the first. */
    public AllowlistEntry {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(list);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an entry has a name");
        }
        if (line < 1) {
            throw new IllegalArgumentException("lines are counted from 1, not " + line);
        }
    }

    /** Returns the way of attaching as the list writes it; null when it has none. */
    public @Nullable String attachText() {
        return type == null || attach == null ? null : attach.text(type);
    }

    /** Returns {@code LIST:LINE}. */
    String place() {
        return list + ":" + line;
    }
}
