package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;

/**
 * Tells one list from another.
 *
 * @param revokes whether what it names is denied
 * @param file where it is
 */
record ListKey(boolean revokes, Path file) {
    /** Returns the key of a list. */
    static ListKey of(AllowlistState state) {
        return new ListKey(state.source().revokes(), state.source().file());
    }
}
