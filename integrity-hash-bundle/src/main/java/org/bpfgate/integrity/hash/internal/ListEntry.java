package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * One program on a list.
 *
 * @param digest what it is known by
 * @param name its name; never empty
 * @param type its type, where the list tells it
 * @param source where its author says it comes from; for people only
 * @param list the file it stands in
 * @param line the line in that file, counted from 1
 */
record ListEntry(
        ProgramDigest digest,
        String name,
        @Nullable ProgramType type,
        @Nullable String source,
        Path list,
        int line) {
    /** Refuses nulls, an empty name and lines before the first. */
    ListEntry {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(list);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an entry has a name");
        }
        if (line < 1) {
            throw new IllegalArgumentException("lines are counted from 1, not " + line);
        }
    }

    /** Returns {@code LIST:LINE}. */
    String place() {
        return list + ":" + line;
    }
}
