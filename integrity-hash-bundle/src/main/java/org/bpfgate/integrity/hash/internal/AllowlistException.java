package org.bpfgate.integrity.hash.internal;

import java.nio.file.Path;
import org.bpfgate.integrity.hash.index.internal.IndexException;

/** A list cannot be used. The message is the one line for the user: {@code FILE:LINE:COL: what is wrong}. */
final class AllowlistException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path list;

    /**
     * Names a defect.
     *
     * @param list the file
     * @param line counted from 1
     * @param column counted from 1, in characters
     * @param defect what is wrong there
     */
    AllowlistException(Path list, int line, int column, String defect) {
        super(list + ":" + line + ":" + column + ": " + defect);
        this.list = list;
    }

    /** A defect of the file as a whole, shown at its beginning. */
    AllowlistException(Path list, String defect) {
        this(list, 1, 1, defect);
    }

    /** A defect of a compiled list, which has no lines. */
    AllowlistException(Path list, IndexException cause) {
        super(cause.getMessage(), cause);
        this.list = list;
    }

    /** Returns the file at fault. */
    Path list() {
        return list;
    }
}
