package org.bpfgate.allowlist;

import java.nio.file.Path;
import java.util.Objects;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * Where a list names a digest, and what it tells about it. A compiled list has no names and sources.
 *
 * @param digest what was looked for
 * @param list the file
 * @param line the line in it, counted from 1; 0 in a compiled list, which has none
 * @param name the name of the program, if told
 * @param type its type, if told: the entry counts for loads of that type
 * @param attach its way of attaching as lists write it behind {@code attach=}, if told; of a target in a compiled list {@code #} and eight
 *     digits of its digest
 * @param source where the author of the list says that it comes from, if told
 * @param signer the subject of the certificate that the list is signed with; null for a list that is not signed
 */
public record ListMatch(
        ProgramDigest digest,
        Path list,
        int line,
        @Nullable String name,
        @Nullable ProgramType type,
        @Nullable String attach,
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

    /** An entry of a compiled list. */
    public static ListMatch compiled(
            ProgramDigest digest, Path list, @Nullable ProgramType type, @Nullable String attach) {
        return new ListMatch(digest, list, 0, null, type, attach, null, null);
    }
}
