package org.bpfgate.command.internal.control;

import java.util.Map;
import org.bpfgate.command.internal.context.ExitCode;

/** Why the running gate did not do what it was asked; the message is one line for people. */
public final class GateException extends Exception {
    static final int FAILED = ExitCode.FAILED;
    static final int NO_GATE = ExitCode.NO_GATE;

    /** As shells tell of a command that SIGINT has ended. */
    static final int INTERRUPTED = 128 + 2;

    private static final long serialVersionUID = 1;

    private final int exitCode;

    GateException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Reads the error of a reply. */
    static GateException of(Map<String, Object> error) {
        int code = switch (String.valueOf(error.get("kind"))) {
            case "usage" -> ExitCode.USAGE;
            case "bad-input" -> ExitCode.BAD_INPUT;
            case "refused" -> ExitCode.DENIED;
            default -> ExitCode.FAILED;
        };
        return new GateException(code, String.valueOf(error.get("message")));
    }

    /** Returns the exit code of the command. */
    public int exitCode() {
        return exitCode;
    }
}
