package org.bpfgate.command.internal.context;

import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.mediation.MediationException;

/** The exit codes of the command line, a stable contract. */
public final class ExitCode {
    /** Everything allowed, everything fine. */
    public static final int OK = 0;

    /** bpfgate itself failed. */
    public static final int FAILED = 1;

    /** Wrong usage. */
    public static final int USAGE = 2;

    /** An input cannot be read or parsed; counts more than any decision on the other inputs. */
    public static final int BAD_INPUT = 3;

    /** No gate runs where it was looked for. */
    public static final int NO_GATE = 4;

    /** A program was denied or is not listed, a decision was not as expected, or lists differ. */
    public static final int DENIED = 10;

    /** {@code run}, {@code exec} and {@code learn}: bpfgate did not run the command, whatever the reason; as env(1). */
    public static final int NOT_RUN = 125;

    /** {@code run}, {@code exec} and {@code learn}: the command cannot be executed; as env(1). */
    static final int NOT_EXECUTABLE = 126;

    /** {@code run}, {@code exec} and {@code learn}: there is no such command; as env(1). */
    static final int NOT_FOUND = 127;

    private ExitCode() {}

    /** The code of a command that was not run. */
    public static int of(MediationException notRun) {
        return switch (notRun.kind()) {
            case CANNOT_MEDIATE -> NOT_RUN;
            case NOT_EXECUTABLE -> NOT_EXECUTABLE;
            case NOT_FOUND -> NOT_FOUND;
        };
    }

    /** The code of {@code verify} for a program that no verifier calls OK. */
    public static int of(IntegrityVerdict verdict) {
        return switch (verdict) {
            case OK -> OK;
            case UNSIGNED -> 11;
            case BADSIG -> 12;
            case UNKNOWNKEY -> 13;
            case PARTIALSIG -> 14;
            case UNEXPECTED -> 15;
            case FAULT -> 16;
            case NONE -> 17;
        };
    }
}
