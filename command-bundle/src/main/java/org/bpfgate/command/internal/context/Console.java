package org.bpfgate.command.internal.context;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputException;
import org.bpfgate.command.internal.io.StandardInput;
import org.bpfgate.command.internal.io.StandardStream;

/**
 * Where a command prints: data to {@code out}, diagnostics to {@code err}, one line each with the program's name before it. What cannot be
 * written to {@code out} is thrown as {@link OutputException}, so that the command ends.
 */
public final class Console implements AutoCloseable {
    /** As the shell tells of a command that SIGPIPE has ended: 128 and the number of the signal. The JVM ignores the signal itself. */
    private static final int CLOSED_BY_READER = 128 + 13;

    private final StandardStream output;
    private final StandardStream diagnostics;
    private final StandardInput input;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<InputException> unreadable = new ArrayList<>();
    private boolean failed;

    /** Makes a console of streams. */
    public Console(StandardStream output, StandardStream diagnostics, StandardInput input) {
        this.output = output;
        this.diagnostics = diagnostics;
        this.input = input;
        out = writer(output, input);
        err = writer(diagnostics, input);
    }

    /** Returns the console of this process. */
    public static Console ofThisProcess() {
        return new Console(
                StandardStream.output(),
                StandardStream.error(),
                new StandardInput(new FileInputStream(FileDescriptor.in)));
    }

    private static PrintWriter writer(StandardStream stream, StandardInput input) {
        return new PrintWriter(new BufferedWriter(stream.textWriter(input)), false);
    }

    public PrintWriter out() {
        return out;
    }

    /** Writes bytes that are the result of the command to standard output. */
    public void write(byte[] bytes) {
        bytes().write(bytes, 0, bytes.length);
    }

    /** Returns standard output for bytes; closing it closes nothing. */
    public StandardStream bytes() {
        out.flush();
        return output;
    }

    public PrintWriter err() {
        return err;
    }

    public StandardInput input() {
        return input;
    }

    /** Reports an input that cannot be used; the command goes on with the others. */
    public void badInput(InputException fault) {
        unreadable.add(fault);
        error(String.valueOf(fault.getMessage()));
    }

    /** Returns the inputs that could not be used so far. */
    public List<InputException> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Returns whether nothing was written to standard output so far. */
    public boolean isSilent() {
        out.flush();
        return !output.isUsed();
    }

    /** Prints one line of diagnostics. */
    public void error(String message) {
        out.flush();
        err.println("bpfgate: " + message);
        err.flush();
    }

    /** Reports a result that was not written, beside standard output: the command fails. */
    public void failure(String message) {
        failed = true;
        error(message);
    }

    /** Prints one line about something that was left out and that nobody asked for by name. */
    public void note(String message) {
        error("note: " + message);
    }

    /** Prints one line about something that the user should know and that stops nothing. */
    public void warning(String message) {
        error("warning: " + message);
    }

    /** Prints lines that come without the program's name, on the side of the diagnostics. */
    public void lines(String text) {
        err.print(text);
        err.flush();
    }

    /**
     * The exit code of the command.
     *
     * @param otherwise the code when all inputs could be used
     */
    public int exitCode(int otherwise) {
        return unreadable.isEmpty() ? otherwise : ExitCode.BAD_INPUT;
    }

    /**
     * Writes what is not written yet.
     *
     * @param code what the command ended with
     * @param mediated whether the code is that of another command, which stays
     * @return the exit code: that of a failure when an output could not be written, which is told in one line, or, as it is for other
     *     tools, without a word when its reader has gone
     */
    public int finish(int code, boolean mediated) {
        try {
            out.flush();
        } catch (OutputException e) {
            // Told below, wherever it came up first.
        }
        int ended = output.failure().isEmpty() ? code : failed(code, mediated);
        err.flush();
        if (failed && !mediated) {
            return ExitCode.FAILED;
        }
        boolean silenced = diagnostics.failure().isPresent() && !mediated && ended == ExitCode.OK;
        return silenced ? ExitCode.FAILED : ended;
    }

    private int failed(int code, boolean mediated) {
        if (!output.isClosedByReader()) {
            err.println("bpfgate: standard output: cannot be written: "
                    + output.failure().orElseThrow());
        }
        if (mediated) {
            return code;
        }
        return output.isClosedByReader() ? CLOSED_BY_READER : ExitCode.FAILED;
    }

    @Override
    public void close() {
        input.close();
    }
}
