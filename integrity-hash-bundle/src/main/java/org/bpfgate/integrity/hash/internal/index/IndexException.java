package org.bpfgate.integrity.hash.internal.index;

import java.nio.file.Path;

/** A file is no index, or cannot be read or written. The message is the one line for the user: {@code FILE: what is wrong}. */
public final class IndexException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Names a defect.
     *
     * @param file the file
     * @param defect what is wrong with it
     */
    public IndexException(Path file, String defect) {
        super(file + ": " + defect);
    }
}
