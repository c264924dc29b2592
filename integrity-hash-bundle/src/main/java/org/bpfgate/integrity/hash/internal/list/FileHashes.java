package org.bpfgate.integrity.hash.internal.list;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a list that look like what {@code sha256sum} writes of object files. No program has the digest of its file, so that they
 * let in and revoke nothing. Raw instructions ({@code .insns}, {@code .bin}) do have it.
 *
 * @param count how many there are
 * @param first the name in the first; null when there is none
 */
public record FileHashes(long count, @Nullable String first) {
    /** There is none. */
    public static final FileHashes NONE = new FileHashes(0, null);

    /** The same with one entry more, when it is one. */
    public FileHashes and(AllowlistEntry entry) {
        return isOne(entry) ? new FileHashes(count + 1, first == null ? entry.name() : first) : this;
    }

    private static boolean isOne(AllowlistEntry entry) {
        String name = entry.name().toLowerCase(Locale.ROOT);
        boolean isObject = name.endsWith(".o") || name.endsWith(".elf") || name.endsWith(".h");
        return entry.type() == null && isObject;
    }
}
