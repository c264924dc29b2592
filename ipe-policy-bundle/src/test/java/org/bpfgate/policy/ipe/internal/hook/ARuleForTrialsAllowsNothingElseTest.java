package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is let in by a rule with {@code bpf_trial=TRUE} is the trial; every other rule decides as ever. The denial of a load that cannot be
 * tried says whether such a rule would have let the trial in.
 */
class ARuleForTrialsAllowsNothingElseTest {
    private static final String HEAD = """
        # dialect: bpfgate
        policy_name=p policy_version=1.0.0
        DEFAULT action=DENY
        """;

    private static HookResult decide(String rules, boolean triable) throws Exception {
        Policy policy = PolicyParser.parse((HEAD + rules.replace(';', '\n') + "\n").getBytes(StandardCharsets.UTF_8));
        ProgramLoad load = ProgramLoad.of(
                new BpfProgram("", ProgramType.KPROBE, Instructions.of(new byte[Instructions.SLOT_SIZE]), List.of()));
        BpfLoadContext context = new BpfLoadContext();
        context.describe(triable ? load.withTrial() : load);
        return PolicyEvaluation.evaluate(ActivePolicy.START.with(policy), context);
    }

    @ParameterizedTest
    @CsvSource({
        "op=BPF_PROG_LOAD bpf_trial=TRUE action=ALLOW, true, trial",
        "op=BPF_PROG_LOAD bpf_trial=TRUE action=ALLOW, false, trial",
        "op=BPF_PROG_LOAD bpf_prog_type=xdp bpf_trial=TRUE action=ALLOW, false, deny",
        "op=BPF_PROG_LOAD bpf_prog_type=kprobe action=DENY;op=BPF_PROG_LOAD bpf_trial=TRUE action=ALLOW, false, deny",
        "op=BPF_PROG_LOAD bpf_trial=TRUE action=DENY, false, deny",
        "op=BPF_PROG_LOAD bpf_prog_type=kprobe bpf_trial=TRUE action=ALLOW, true, trial",
        "op=BPF_PROG_LOAD bpf_trial=TRUE action=DENY, true, deny",
        "op=BPF_PROG_LOAD bpf_prog_type=kprobe action=ALLOW;op=BPF_PROG_LOAD bpf_trial=TRUE action=ALLOW, true, allow",
        "op=BPF_PROG_LOAD bpf_trial=TRUE action=ALLOW;op=BPF_PROG_LOAD bpf_prog_type=kprobe action=ALLOW, true, trial",
        "op=BPF_PROG_LOAD bpf_trial=FALSE action=ALLOW, false, allow",
        "op=BPF_PROG_LOAD bpf_trial=FALSE action=ALLOW, true, deny",
        "DEFAULT op=BPF_PROG_LOAD action=ALLOW, true, allow"
    })
    void theRuleThatDecides(String rules, boolean triable, String expected) throws Exception {
        HookResult result = decide(rules, triable);
        String decision = result.isAllow() ? "allow" : result.isTrialAllowed() ? "trial" : "deny";
        assertThat(decision).isEqualTo(expected);
        assertThat(result.basis()).isPresent();
    }
}
