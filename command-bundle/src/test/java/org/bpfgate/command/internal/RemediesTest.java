package org.bpfgate.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemediesTest {
    @ParameterizedTest
    @CsvSource({
        "UNSIGNED,   '',                    a program that nobody signed and no list has",
        "UNEXPECTED, '',                    a program that has another digest than the list has",
        "UNEXPECTED, other-type,            a program that the list has for another type or another way of attaching",
        "UNEXPECTED, other-attach-target,   a program that the list has for another type or another way of attaching",
        "UNEXPECTED, attach-target-unknown, a program that the list has for another type or another way of attaching",
        "UNEXPECTED, revoked,               a program that is revoked: no list lets it in",
    })
    void followFromWhatTheListSays(IntegrityVerdict verdict, String code, String remedy) {
        IntegrityReport report = IntegrityReport.of(verdict, "as the test wants");
        Remedies remedies = new Remedies();
        remedies.add(denied(code.isEmpty() ? report : report.withCode(code)));
        assertThat(remedies.lines()).singleElement().asString().startsWith("what helps: " + remedy);
    }

    private static MediationRecord denied(IntegrityReport report) {
        LoadDecision decision = new LoadDecision(
                new ModuleStack(1, List.of(), List.of()),
                List.of(new LoadDecision.Report(LsmId.named("allowlist"), report)),
                HookResult.deny(Errno.EACCES, "as the test wants"),
                null);
        return new MediationRecord(
                Instant.EPOCH,
                BpfCommand.PROG_LOAD,
                Optional.empty(),
                Optional.of(ProgramLoad.of(new BpfProgram("p", ProgramType.XDP, Instructions.of(new byte[8])))),
                Optional.of(decision),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                MediationResult.leftToTheKernel(),
                Duration.ZERO);
    }
}
