package org.bpfgate.command.internal.io;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An input that cannot be read or is not what it should be. The message is one line for the user: {@code FILE: what is
 * wrong}, or {@code FILE:LINE:COL: what is wrong} where the input is text. The command line exits with 3.
 */
public final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean otherFile;
    private final transient @Nullable Path file;
    private final int line;
    private final int column;

    /**
     * A fault that names its place already.
     *
     * @param message {@code FILE: what is wrong}, or {@code FILE:LINE:COL: what is wrong}
     */
    public InputException(String message) {
        this(message, null, 0, 0, false);
    }

    private InputException(String message, @Nullable Path file, int line, int column, boolean otherFile) {
        super(Printable.of(message));
        this.file = file;
        this.line = line;
        this.column = column;
        this.otherFile = otherFile;
    }

    /** Returns the same fault of a file that is sound, but no file of programs: an object for another machine, or one of maps only. */
    public InputException ofOtherFile() {
        return new InputException(String.valueOf(getMessage()), file, line, column, true);
    }

    /** Returns the file; empty where only the message tells it. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the line in the file, counted from 1; 0 when it is about the whole file. */
    public int line() {
        return line;
    }

    /** Returns the column in the line, counted from 1 in bytes; 0 when it is about the whole file. */
    public int column() {
        return column;
    }

    /** Returns whether the file is sound, but no file of programs. In a directory such a file is passed over. */
    public boolean isOfOtherFile() {
        return otherFile;
    }

    /**
     * A fault of a whole file.
     *
     * @param file the file
     * @param what what is wrong with it
     */
    public InputException(Path file, String what) {
        this(file + ": " + what, file, 0, 0, false);
    }

    /**
     * A fault at a place in a text file.
     *
     * @param file the file
     * @param line its line, counted from 1
     * @param column the column in that line, counted from 1 in bytes
     * @param what what is wrong there
     */
    public InputException(Path file, int line, int column, String what) {
        this(file + ":" + line + ":" + column + ": " + what, file, line, column, false);
    }
}
