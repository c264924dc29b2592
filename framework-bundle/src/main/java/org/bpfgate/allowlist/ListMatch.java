package org.bpfgate.allowlist;

import java.nio.file.Path;
import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Where a list names a digest, and what it tells about it. A compiled list tells the digest only.
 *
 * @param digest what was looked for
 * @param list the file
 * @param line the line in it, counted from 1; 0 in a compiled list, which has none
 * @param name the name of the program, if told
 * @param type its type, if told
 * @param source where the author of the list says that it comes from, if told
 * @param signer the subject of the certificate that the list is signed with; null for a list that is not signed
 */
public record ListMatch(
        ProgramDigest digest,
        Path list,
        int line,
        @Nullable String name,
        @Nullable ProgramType type,
        @Nullable String source,
        @Nullable String signer) {
    /** Refuses nulls where something is always told, and negative lines. */
    public ListMatch {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(list);
        if (line < 0) {
            throw new IllegalArgumentException("lines are counted from 1, not " + line);
        }
    }

    /** A digest in a compiled list. */
    public static ListMatch compiled(ProgramDigest digest, Path list) {
        return new ListMatch(digest, list, 0, null, null, null, null);
    }
}
