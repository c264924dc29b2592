package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text that a denied client finds in its log. */
class DenialTextTest {
    private static final ProgramLoad LOAD =
            ProgramLoad.of(new BpfProgram("count", ProgramType.XDP, Instructions.of(new byte[8])));

    private static final HookResult DENIAL = HookResult.deny(Errno.EACCES, "no rule allows it")
            .withBasis(new PolicyBasis("site", "1.0.0", PolicyBasis.Kind.DEFAULT, 3, "DEFAULT action=DENY"))
            .withFix("list it");

    private static LoadDecision decision(HookResult result, IntegrityVerdict verdict) {
        return decision(result, verdict, "");
    }

    private static LoadDecision decision(HookResult result, IntegrityVerdict verdict, String code) {
        IntegrityReport listed = IntegrityReport.of(verdict, "listed digest differs");
        return new LoadDecision(
                new ModuleStack(1, List.of(), List.of()),
                List.of(
                        new LoadDecision.Report(
                                LsmId.named("hornet"),
                                IntegrityReport.of(IntegrityVerdict.UNSIGNED, "the load carries no signature")),
                        new LoadDecision.Report(
                                LsmId.named("allowlist"), code.isEmpty() ? listed : listed.withCode(code))),
                result,
                LsmId.named("ipe"));
    }

    /** The decision stands last, because cilium/ebpf shows the last line of a log only. */
    @Test
    void everythingThatLedToTheDecisionIsToldAndTheDecisionStandsLast() {
        String digest = LOAD.program().instructions().digest().orElseThrow().toString();
        assertThat(DenialText.of(LOAD, decision(DENIAL, IntegrityVerdict.UNEXPECTED), ""))
                .isEqualTo("bpfgate: hornet UNSIGNED: the load carries no signature\n"
                        + "bpfgate: allowlist UNEXPECTED: listed digest differs\n"
                        + "bpfgate: policy site 1.0.0, line 3: DEFAULT action=DENY\n"
                        + "bpfgate: fix: list it\n"
                        + "bpfgate: digest " + digest + "\n"
                        + "bpfgate: denied: EACCES by ipe: no rule allows it; allowlist: listed digest differs\n");
    }

    /** A digest that differs may be a consequence of a denied probe, so nobody is accused of a change without that being said. */
    @Test
    void aDeniedProbeIsToldBesideTheDigestThatDiffersAndInTheLastLine() {
        String note = "a feature probe was denied before";
        assertThat(DenialText.of(LOAD, decision(DENIAL, IntegrityVerdict.UNEXPECTED), note))
                .contains("allowlist UNEXPECTED: listed digest differs; but " + note + "\n")
                .contains("hornet UNSIGNED: the load carries no signature\n")
                .endsWith("no rule allows it; allowlist: listed digest differs; " + note + "\n");
        assertThat(DenialText.of(LOAD, decision(DENIAL, IntegrityVerdict.UNSIGNED), note))
                .doesNotContain("but " + note);
    }

    /** Whoever sees the last line only has the whole reason. */
    @ParameterizedTest
    @CsvSource({
        "UNSIGNED,   '',           no rule allows it",
        "UNSIGNED,   list-expired, no rule allows it; allowlist: listed digest differs",
        "UNSIGNED,   other-type,   no rule allows it; allowlist: listed digest differs",
        "UNEXPECTED, revoked,      no rule allows it; allowlist: listed digest differs",
        "FAULT,      damaged-list, no rule allows it; allowlist: listed digest differs",
    })
    void theLastLineHasWhatAVerifierHasAgainstTheProgram(IntegrityVerdict verdict, String code, String why) {
        assertThat(DenialText.of(LOAD, decision(DENIAL, verdict, code), "")).endsWith(": EACCES by ipe: " + why + "\n");
    }

    @Test
    void whatKeepsALoadFromBeingTriedIsToldOnlyWhereAPolicyWouldHaveTriedIt() {
        ProgramLoad signed = LOAD.withSignature(new byte[1]);
        assertThat(DenialText.trialObstacle(signed, DENIAL)).isEmpty();
        assertThat(DenialText.of(signed, decision(DENIAL, IntegrityVerdict.UNSIGNED), ""))
                .doesNotContain("bpf_trial");
        HookResult wanted = DENIAL.withTrialAllowed();
        assertThat(DenialText.trialObstacle(signed, wanted))
                .contains("the program cannot be tried (bpf_trial): it has a signature");
        assertThat(DenialText.of(signed, decision(wanted, IntegrityVerdict.UNSIGNED), ""))
                .contains("bpfgate: the program cannot be tried (bpf_trial): it has a signature\n");
    }

    @Test
    void whatIsNotKnownLeavesNoEmptyLine() {
        LoadDecision bare = new LoadDecision(
                new ModuleStack(1, List.of(), List.of()),
                List.of(),
                HookResult.deny(Errno.EPERM, "module ipe is required and missing"),
                null);
        assertThat(DenialText.of(LOAD, bare, "").lines())
                .hasSize(2)
                .last()
                .isEqualTo("bpfgate: denied: EPERM: module ipe is required and missing");
        assertThat(DenialText.of(bare.result()))
                .isEqualTo("bpfgate: denied: EPERM: module ipe is required and missing\n");
    }

    @Test
    void theKernelsOwnRefusalIsToldOnlyWhenThereIsMoreThanTheError() {
        assertThat(DenialText.ofKernel(new SyscallException("bpf(PROG_LOAD)", Errnos.EINVAL, 0)))
                .isEmpty();
        assertThat(DenialText.ofKernel(
                        new SyscallException("bpf(PROG_LOAD), the client lacks CAP_BPF", Errnos.EPERM, 0)))
                .startsWith("bpfgate: allowed, but the kernel refuses: ")
                .contains("the client lacks CAP_BPF")
                .endsWith("\n");
    }
}
