package org.bpfgate.integrity.sig.internal.file;

import java.nio.file.Path;

/** A file cannot be used. The message is one line for the user: {@code FILE: what} or {@code FILE:LINE: what}. */
public final class InputFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault of the whole file. */
    public InputFileException(Path file, String what) {
        super(file + ": " + what);
    }

    /**
     * A fault at a line.
     *
     * @param line counted from 1
     */
    public InputFileException(Path file, int line, String what) {
        super(file + ":" + line + ": " + what);
    }

    /** Returns the message, which is never null. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
