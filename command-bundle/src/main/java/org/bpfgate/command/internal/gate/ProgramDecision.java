package org.bpfgate.command.internal.gate;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;

/**
 * One program and what the stack made of it.
 *
 * @param program as it was read
 * @param load what the stack was asked about
 * @param decision the framework's decision on loading it
 */
public record ProgramDecision(FoundProgram program, ProgramLoad load, LoadDecision decision) {
    public ProgramDecision {
        Objects.requireNonNull(program);
        Objects.requireNonNull(load);
        Objects.requireNonNull(decision);
    }

    /** The verdict of one verifier; NONE when it did not report. */
    public IntegrityVerdict verdictOf(String verifier) {
        for (LoadDecision.Report report : decision.reports()) {
            if (report.verifier().name().equals(verifier)) {
                return report.report().verdict();
            }
        }
        return IntegrityVerdict.NONE;
    }

    /** The reports with one verdict. */
    List<LoadDecision.Report> withVerdict(IntegrityVerdict verdict) {
        return decision.reports().stream()
                .filter(report -> report.report().verdict() == verdict)
                .toList();
    }

    /** The same with another reason for each bad signature; the kernel's error number at the end of a reason stays. */
    ProgramDecision withReasonOfBadSignatures(String reason) {
        return withReports(decision.reports().stream()
                .map(each -> each.report().verdict() == IntegrityVerdict.BADSIG ? because(each, reason) : each)
                .toList());
    }

    private static LoadDecision.Report because(LoadDecision.Report report, String reason) {
        String old = report.report().reason();
        int errno = old.lastIndexOf("; E");
        String end = errno >= 0 && old.substring(errno).matches("; E[A-Z0-9]+") ? old.substring(errno) : "";
        return new LoadDecision.Report(report.verifier(), report.report().withReason(reason + end));
    }

    /** The same as the named verifiers alone see it. */
    public ProgramDecision byVerifiers(Collection<String> verifiers) {
        return withReports(decision.reports().stream()
                .filter(report -> verifiers.contains(report.verifier().name()))
                .toList());
    }

    private ProgramDecision withReports(List<LoadDecision.Report> reports) {
        return new ProgramDecision(
                program, load, new LoadDecision(decision.stack(), reports, decision.result(), decision.decidedBy()));
    }

    /** What {@code verify} exits with for this program: 0 when a verifier calls it OK, else the code of its worst verdict. */
    public int verifyExitCode() {
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

    /** The same when all of these verifiers must say OK: 0 when they do, else the code of the worst verdict of theirs. */
    public int verifyExitCode(Collection<String> required) {
        return required.stream()
                .mapToInt(verifier -> ExitCode.of(verdictOf(verifier)))
                .max()
                .orElse(ExitCode.OK);
    }

    /** Those of these verifiers that reported nothing. */
    public List<String> silent(Collection<String> verifiers) {
        return verifiers.stream()
                .filter(verifier -> verdictOf(verifier) == IntegrityVerdict.NONE)
                .toList();
    }
}
