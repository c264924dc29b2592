package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;

/**
 * One configured list.
 *
 * @param file where it is
 * @param revokes whether what it names is denied rather than allowed
 * @param mustBeSigned whether only a signed manifest is taken
 * @param follows whether changes of the file count; otherwise it is read once, into memory
 */
record AllowlistSource(Path file, boolean revokes, boolean mustBeSigned, boolean follows) {
    /** Returns what the list is for, in one word. */
    String kind() {
        return revokes ? "revocations" : "allowlist";
    }
}
