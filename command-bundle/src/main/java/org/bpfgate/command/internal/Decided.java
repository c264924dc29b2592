package org.bpfgate.command.internal;

import java.util.Objects;
import org.bpfgate.command.read.internal.FoundProgram;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;

/**
 * One program and what the stack made of it.
 *
 * @param program as it was read
 * @param load what the stack was asked about
 * @param decision the framework's decision on loading it
 */
record Decided(FoundProgram program, ProgramLoad load, LoadDecision decision) {
    Decided {
        Objects.requireNonNull(program);
        Objects.requireNonNull(load);
        Objects.requireNonNull(decision);
    }

    /** The verdict of one verifier; NONE when it did not report. */
    IntegrityVerdict verdictOf(String verifier) {
        for (LoadDecision.Report report : decision.reports()) {
            if (report.verifier().name().equals(verifier)) {
                return report.report().verdict();
            }
        }
        return IntegrityVerdict.NONE;
    }

    /** What {@code verify} exits with for this program: 0 when a verifier calls it OK, else the code of its worst verdict. */
    int verifyExitCode() {
        int worst = ExitCode.OK;
        for (LoadDecision.Report report : decision.reports()) {
            int code = ExitCode.of(report.report().verdict());
            if (code == ExitCode.OK) {
                return ExitCode.OK;
            }
            worst = Math.max(worst, code);
        }
        return decision.reports().isEmpty() ? ExitCode.of(IntegrityVerdict.NONE) : worst;
    }
}
