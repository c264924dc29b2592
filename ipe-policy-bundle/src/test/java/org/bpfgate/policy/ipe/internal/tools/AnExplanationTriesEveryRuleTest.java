package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.junit.jupiter.api.Test;

final class AnExplanationTriesEveryRuleTest {
    private static final String POLICY = """
            policy_name=p policy_version=1.0.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_prog_type=kprobe bpf_signature=OK action=ALLOW
            op=BPF_PROG_LOAD bpf_prog_type=xdp bpf_signature=OK action=ALLOW
            op=BPF_PROG_LOAD bpf_client_uid=0 action=ALLOW
            """;

    @Test
    void andSaysWhichPropertyFailedAndWhatTheLoadHas() throws PolicyException {
        PolicyExplanation found = explain(POLICY, IntegrityVerdict.UNSIGNED);

        assertThat(found.allows()).isFalse();
        assertThat(found.basis().orElseThrow().line()).isEqualTo(2);
        assertThat(found.rules()).extracting(RuleTrial::line).containsExactly(3, 4, 5);
        assertThat(found.rules().get(0).failing())
                .containsExactly(
                        new Condition("bpf_prog_type=kprobe", false, "xdp"),
                        new Condition("bpf_signature=OK", false, "UNSIGNED"));
        assertThat(found.rules().get(2).failing())
                .containsExactly(new Condition("bpf_client_uid=0", false, "no process"));
    }

    @Test
    void andNamesTheNearestRuleThatARequesterCouldMeet() throws PolicyException {
        PolicyExplanation found = explain(POLICY, IntegrityVerdict.UNSIGNED);

        assertThat(found.nearest().orElseThrow().line()).isEqualTo(4);
        assertThat(found.advice()).isEqualTo("line 4 would allow it: needs bpf_signature=OK, is UNSIGNED");
    }

    @Test
    void anAllowanceNeedsNoAdvice() throws PolicyException {
        PolicyExplanation found = explain(POLICY, IntegrityVerdict.OK);

        assertThat(found.allows()).isTrue();
        assertThat(found.basis().orElseThrow().line()).isEqualTo(4);
        assertThat(found.rules().get(1).matches()).isTrue();
        assertThat(found.nearest()).isEmpty();
        assertThat(found.advice()).isEmpty();
    }

    @Test
    void aDialectWithoutBpfDeniesAndSaysSo() throws PolicyException {
        String text = "# dialect: ops7\npolicy_name=p policy_version=1.0.0\nDEFAULT action=ALLOW\n";

        PolicyExplanation found =
                new IpePolicyTools().explain(bytes(text), null, load(), decision(IntegrityVerdict.OK));

        assertThat(found.allows()).isFalse();
        assertThat(found.basis()).isEmpty();
        assertThat(found.advice()).contains("ops7").contains("ops8");
    }

    @Test
    void aTextThatIsNoPolicyIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> explain("policy_name=p\n", IntegrityVerdict.OK))
                .isInstanceOfSatisfying(PolicyException.class, refused -> {
                    assertThat(refused.errno().name()).isEqualTo("EBADMSG");
                    assertThat(refused.line()).isEqualTo(1);
                    assertThat(refused.column()).isEqualTo(14);
                });
    }

    private static PolicyExplanation explain(String text, IntegrityVerdict verdict) throws PolicyException {
        return new IpePolicyTools().explain(bytes(text), PolicyDialect.BPFGATE, load(), decision(verdict));
    }

    private static ProgramLoad load() {
        return ProgramLoad.of(new BpfProgram("x", ProgramType.XDP, Instructions.of(new byte[8])));
    }

    private static LoadDecision decision(IntegrityVerdict verdict) {
        LoadDecision.Report report =
                new LoadDecision.Report(LsmId.named("hornet"), IntegrityReport.of(verdict, "as the test wants"));
        return new LoadDecision(new ModuleStack(1, List.of(), List.of()), List.of(report), HookResult.ALLOW, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
