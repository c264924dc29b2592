package org.bpfgate.command.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run that denied something ends with: the cause of each denial, and a remedy where one helps. */
final class RemediesTest {
    private static final String FIX = "no rule of the policy allows any program";

    private static final HookResult BY_POLICY = HookResult.deny(Errno.EACCES, "no rule allows it")
            .withBasis(new PolicyBasis("site", "1.0.0", PolicyBasis.Kind.DEFAULT, 3, "DEFAULT action=DENY"))
            .withFix(FIX);

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED,   '',                    a program that nobody signed and no list has",
        "UNSIGNED,   list-expired,          a program of a list that has expired",
        "UNSIGNED,   list-not-yet-valid,    a program of a list that is not valid yet",
        "UNSIGNED,   list-distrusted,       a program of a list whose signer is not trusted any more",
        "UNSIGNED,   other-type,            a program that the list has for another type or another way of attaching",
        "UNEXPECTED, other-type,            a program that the list has for another type or another way of attaching",
        "UNEXPECTED, other-attach-type,     a program that the list has for another type or another way of attaching",
        "UNEXPECTED, other-attach-target,   a program that the list has for another type or another way of attaching",
        "UNEXPECTED, attach-target-unknown, a program that the list has for another type or another way of attaching",
        "UNEXPECTED, '',                    a program that has another digest than the list has",
        "UNEXPECTED, revoked,               a program that is revoked: no list lets it in",
        "FAULT,      damaged-list,          a compiled list that is damaged",
    })
    void followFromWhatTheListSays(IntegrityVerdict verdict, String code, String remedy) {
        assertThat(lines(true, denied(BY_POLICY, "allowlist", report(verdict, code))))
                .singleElement()
                .asString()
                .startsWith("what helps: " + remedy);
    }

    /** Where the policy would not let the program in either way, its own advice is all that helps. */
    @ParameterizedTest
    @CsvSource({
        "allowlist, UNSIGNED,   ''",
        "allowlist, UNSIGNED,   list-expired",
        "allowlist, UNEXPECTED, other-type",
        "allowlist, UNEXPECTED, ''",
        "allowlist, UNEXPECTED, revoked",
        "allowlist, OK,         ''",
        "hornet,    UNKNOWNKEY, untrusted-signer",
        "hornet,    BADSIG,     digest-mismatch",
    })
    void areNotNamedWhereTheyDoNotHelp(String verifier, IntegrityVerdict verdict, String code) {
        assertThat(lines(false, denied(BY_POLICY, verifier, report(verdict, code))))
                .containsExactly("what helps: policy site: " + FIX);
    }

    @Test
    void aSignerWhoIsNotTrustedCanBe() {
        MediationRecord denied =
                denied(BY_POLICY, "hornet", report(IntegrityVerdict.UNKNOWNKEY, "untrusted-signer"), signed());
        assertThat(lines(true, denied))
                .containsExactly(
                        "what helps: a signature by somebody who is not trusted: --trust FILE names the signer's"
                                + " certificate");
    }

    /** Such as a dialect without a word for BPF, flags that the gate refuses, or a module that is missing. */
    @Test
    void ofADenialThatNoLineOfAPolicyDecidedAreWhatTheModuleAdvises() {
        HookResult wordless = HookResult.deny(Errno.EACCES, "the dialect has no op=BPF_PROG_LOAD");
        IntegrityReport unlisted = report(IntegrityVerdict.UNSIGNED, "");
        assertThat(lines(true, denied(wordless.withFix("write it in another dialect"), "allowlist", unlisted)))
                .containsExactly("what helps: write it in another dialect");
        assertThat(lines(true, denied(wordless, "allowlist", unlisted))).isEmpty();
    }

    @Test
    void ofAProbeAreTheRuleThatLetsItInWhereThePolicyDecided() {
        ProgramLoad probe = load().withProbe("libbpf-x");
        IntegrityReport unlisted = report(IntegrityVerdict.UNSIGNED, "");
        assertThat(lines(true, denied(BY_POLICY, "allowlist", unlisted, probe)))
                .singleElement()
                .asString()
                .contains("\"op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW\"");
        HookResult wordless = HookResult.deny(Errno.EACCES, "no word").withFix("another dialect");
        assertThat(lines(true, denied(wordless, "allowlist", unlisted, probe)))
                .containsExactly("what helps: another dialect");
    }

    /** Somebody follows the advice with the list that is in use; what it holds must stay. */
    @Test
    void thatTellToLearnKeepWhatTheListHolds() {
        assertThat(lines(
                        true,
                        denied(BY_POLICY, "allowlist", report(IntegrityVerdict.UNSIGNED, "")),
                        denied(BY_POLICY, "allowlist", report(IntegrityVerdict.UNEXPECTED, "")),
                        denied(BY_POLICY, "allowlist", report(IntegrityVerdict.UNEXPECTED, "other-type"))))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("bpfgate learn --append -o LIST -- COMMAND"));
    }

    @Test
    void aProgramThatIsDeniedForOneReasonIsOneLineWhateverElseIsKnown() {
        RefusedPrograms programs = new RefusedPrograms(false, (load, decision, verifier) -> false);
        IntegrityReport expired = IntegrityReport.of(
                        IntegrityVerdict.UNSIGNED, "listed only in L, which was valid only until 2027-01-01T00:00:00Z")
                .withCode("list-expired");
        MediationRecord denied = denied(BY_POLICY, "allowlist", expired);
        programs.add(denied);
        MediationRecord withNote = new MediationRecord(
                denied.time(),
                denied.command(),
                denied.client(),
                denied.load(),
                denied.decision(),
                denied.loaded(),
                denied.object(),
                denied.said(),
                denied.refusal(),
                MediationResult.failed("EACCES", "no rule allows it; a note"),
                denied.duration());
        programs.add(withNote);
        programs.add(denied);
        assertThat(programs.lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("denied: p (xdp, sha256:")
                .endsWith("): EACCES: no rule allows it; allowlist: listed only in L, which was valid only until"
                        + " 2027-01-01T00:00:00Z; a note (3 times)");
    }

    @Test
    void whatCannotBeReadIsToldWithTheFirstReason() {
        LoadCount count = new LoadCount(false, (load, decision, verifier) -> false);
        count.mediated(other(BpfCommand.PROG_LOAD, MediationResult.failed("EFAULT", "bpf(PROG_LOAD)")));
        count.mediated(other(BpfCommand.PROG_LOAD, MediationResult.failed("E2BIG", "bpf")));
        assertThat(count.toString()).contains(", 2 not to be read, the first EFAULT: bpf(PROG_LOAD)");
    }

    @Test
    void aCommandThatTheKernelRefusesForLackOfRightsIsTold() {
        LoadCount count = new LoadCount(false, (load, decision, verifier) -> false);
        count.mediated(other(BpfCommand.MAP_CREATE, MediationResult.failed("EINVAL", "bpf(MAP_CREATE)")));
        assertThat(count.any()).isFalse();
        count.mediated(other(
                BpfCommand.MAP_CREATE, MediationResult.failed("EPERM", "bpf(MAP_CREATE), the client lacks CAP_BPF")));
        assertThat(count.any()).isTrue();
        assertThat(count.toString())
                .contains("; other commands: 1 refused by the kernel for lack of rights, the first MAP_CREATE EPERM:"
                        + " bpf(MAP_CREATE), the client lacks CAP_BPF");
    }

    private static List<String> lines(boolean helps, MediationRecord... denied) {
        Remedies remedies = new Remedies((load, decision, verifier) -> helps);
        for (MediationRecord one : denied) {
            remedies.add(one);
        }
        return remedies.lines();
    }

    private static IntegrityReport report(IntegrityVerdict verdict, String code) {
        IntegrityReport report = IntegrityReport.of(verdict, "as the test wants");
        return code.isEmpty() ? report : report.withCode(code);
    }

    private static ProgramLoad load() {
        return ProgramLoad.of(new BpfProgram("p", ProgramType.XDP, Instructions.of(new byte[8])));
    }

    private static ProgramLoad signed() {
        return load().withSignature(new byte[1]);
    }

    private static MediationRecord denied(HookResult result, String verifier, IntegrityReport report) {
        return denied(result, verifier, report, verifier.equals("hornet") ? signed() : load());
    }

    private static MediationRecord denied(
            HookResult result, String verifier, IntegrityReport report, ProgramLoad load) {
        LoadDecision decision = new LoadDecision(
                new ModuleStack(1, List.of(), List.of()),
                List.of(new LoadDecision.Report(LsmId.named(verifier), report)),
                result,
                LsmId.named("ipe"));
        return record(
                BpfCommand.PROG_LOAD,
                Optional.of(load),
                Optional.of(decision),
                MediationResult.failed("EACCES", result.reason()));
    }

    private static MediationRecord other(BpfCommand command, MediationResult result) {
        return record(command, Optional.empty(), Optional.empty(), result);
    }

    private static MediationRecord record(
            BpfCommand command, Optional<ProgramLoad> load, Optional<LoadDecision> decision, MediationResult result) {
        return new MediationRecord(
                Instant.EPOCH,
                command,
                Optional.empty(),
                load,
                decision,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                result,
                Duration.ZERO);
    }
}
