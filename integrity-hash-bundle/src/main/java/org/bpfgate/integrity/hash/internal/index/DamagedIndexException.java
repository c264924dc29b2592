package org.bpfgate.integrity.hash.internal.index;

import java.nio.file.Path;

/**
 * A block of an index that was opened does not have its checksum, or its file was cut short in place. Nothing can be said
 * about the digests that belong there, so no answer is given at all.
 */
public final class DamagedIndexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the damage.
     *
     * @param file the index
     * @param damage where it is damaged
     */
    DamagedIndexException(Path file, String damage) {
        super(file + ": is damaged: " + damage);
    }
}
