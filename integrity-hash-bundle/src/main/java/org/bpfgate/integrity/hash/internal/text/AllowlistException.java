package org.bpfgate.integrity.hash.internal.text;

import java.nio.file.Path;
import org.bpfgate.integrity.hash.internal.index.IndexException;

/** A list cannot be used. The message is the one line for the user: {@code FILE:LINE:COL: what is wrong}. */
public final class AllowlistException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path list;
    private final boolean isNotYet;

    /**
     * Names a defect.
     *
     * @param list the file
     * @param line counted from 1
     * @param column counted from 1, in characters
     * @param defect what is wrong there
     */
    public AllowlistException(Path list, int line, int column, String defect) {
        this(list, line, column, defect, false);
    }

    private AllowlistException(Path list, int line, int column, String defect, boolean isNotYet) {
        super(list + ":" + line + ":" + column + ": " + defect);
        this.list = list;
        this.isNotYet = isNotYet;
    }

    /** A list that nobody here can judge until another bundle has come. */
    public static AllowlistException notYet(Path list, String missing) {
        return new AllowlistException(list, 1, 1, missing, true);
    }

    /** A defect of the file as a whole, shown at its beginning. */
    public AllowlistException(Path list, String defect) {
        this(list, 1, 1, defect);
    }

    /** A defect of a compiled list, which has no lines. */
    public AllowlistException(Path list, IndexException cause) {
        super(cause.getMessage(), cause);
        this.list = list;
        isNotYet = false;
    }

    /** Returns whether the list may be good, and what it needs is not here yet. */
    public boolean isNotYet() {
        return isNotYet;
    }

    /** Returns the file at fault. */
    public Path list() {
        return list;
    }
}
