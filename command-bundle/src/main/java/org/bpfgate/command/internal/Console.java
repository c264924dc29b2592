package org.bpfgate.command.internal;

import java.io.PrintWriter;
import org.bpfgate.command.read.internal.InputException;

/**
 * Where a command prints: data to {@code out}, diagnostics to {@code err}, one line each with the program's name before it.
 */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private boolean badInput;

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    PrintWriter out() {
        return out;
    }

    /** Reports an input that cannot be used; the command goes on with the others. */
    void badInput(InputException fault) {
        badInput = true;
        error(String.valueOf(fault.getMessage()));
    }

    /** Prints one line of diagnostics. */
    void error(String message) {
        out.flush();
        err.println("bpfgate: " + message);
        err.flush();
    }

    /** Prints one line about something that was left out and that nobody asked for by name. */
    void note(String message) {
        error("note: " + message);
    }

    /** Prints one line about something that the user should know and that stops nothing. */
    void warning(String message) {
        error("warning: " + message);
    }

    /** Prints lines that come without the program's name, on the side of the diagnostics. */
    void lines(String text) {
        err.print(text);
        err.flush();
    }

    /**
     * The exit code of the command.
     *
     * @param otherwise the code when all inputs could be used
     */
    int exitCode(int otherwise) {
        return badInput ? ExitCode.BAD_INPUT : otherwise;
    }
}
