package org.bpfgate.policy.ipe.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules begin at line 3; {@code ~} parts them, and {@code op=BPF_PROG_LOAD} is left out. */
final class ADenialSaysWhyAndWhatWouldHelpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            DENY ! bpf_integrity=allowlist:OK action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 3 would allow it: needs bpf_integrity=allowlist:OK, is UNEXPECTED
            DENY ! bpf_signature=OK bpf_keyring=PLATFORM action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 3 would allow it: needs bpf_signature=OK, is UNSIGNED; needs bpf_keyring=PLATFORM, is BUILTIN
            DENY ! bpf_signature=OK bpf_keyring=PLATFORM action=ALLOW~bpf_signature=OK action=ALLOW~bpf_integrity=native:OK action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 4 would allow it: needs bpf_signature=OK, is UNSIGNED
            DENY ! bpf_integrity=native:OK action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 3 would allow it: needs bpf_integrity=native:OK, is NONE
            DENY ! bpf_signature=OK action=ALLOW~bpf_integrity=allowlist:OK action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 4 would allow it: needs bpf_integrity=allowlist:OK, is UNEXPECTED
            DENY ! bpf_integrity=native:OK action=ALLOW~bpf_signature=OK action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 4 would allow it: needs bpf_signature=OK, is UNSIGNED
            DENY ! bpf_signature=OK action=ALLOW~bpf_integrity=hornet:OK bpf_kernel=FALSE action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 3 would allow it: needs bpf_signature=OK, is UNSIGNED
            DENY ! bpf_signature=OK bpf_kernel=FALSE action=ALLOW~bpf_keyring=PLATFORM action=ALLOW~bpf_keyring=SECONDARY action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 3 would allow it: needs bpf_signature=OK, is UNSIGNED; or line 4: needs bpf_keyring=PLATFORM, is BUILTIN
            DENY ! bpf_kernel=TRUE action=ALLOW~bpf_signature=OK bpf_keyring=BUILTIN action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 4 would allow it: needs bpf_signature=OK, is UNSIGNED
            DENY ! bpf_kernel=TRUE action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! no change of one signature, the lists or the keyring would make a rule allow it; the nearest, line 3, needs bpf_kernel=TRUE
            DENY ! boot_verified=TRUE action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! no change of one signature, the lists or the keyring would make a rule allow it; the nearest, line 3, needs boot_verified=TRUE
            DENY ! bpf_client_uid=0 bpf_client_unit=a.service action=ALLOW~bpf_client_uid=1 action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! no change of one signature, the lists or the keyring would make a rule allow it; the nearest, line 4, needs bpf_client_uid=1
            DENY ! action=DENY~bpf_client_uid=1 action=ALLOW ! rule at line 3 denies every program ! no change of one signature, the lists or the keyring would make a rule allow it
            DENY ! bpf_signature=OK bpf_signature=FAULT action=ALLOW~bpf_signature=OK bpf_keyring=PLATFORM action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 4 would allow it: needs bpf_signature=OK, is UNSIGNED; needs bpf_keyring=PLATFORM, is BUILTIN
            DENY ! bpf_signature=BADSIG action=DENY ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! no rule of the policy allows any program
            DENY ! bpf_signature=UNSIGNED bpf_kernel=FALSE action=DENY~bpf_signature=OK action=ALLOW ! rule at line 3 denies: bpf_signature=UNSIGNED bpf_kernel=FALSE ! line 4 would allow it: needs bpf_signature=OK, is UNSIGNED
            DENY ! action=DENY~bpf_signature=OK action=ALLOW ! rule at line 3 denies every program ! no change of one signature, the lists or the keyring would make a rule allow it
            DENY ! bpf_integrity=allowlist:UNEXPECTED action=DENY~bpf_signature=OK action=ALLOW~bpf_signature=OK bpf_integrity=allowlist:OK action=ALLOW ! rule at line 3 denies: bpf_integrity=allowlist:UNEXPECTED ! no change of one signature, the lists or the keyring would make a rule allow it
            DENY ! bpf_signature=OK bpf_keyring=BUILTIN action=DENY~bpf_signature=OK action=ALLOW~bpf_signature=OK bpf_keyring=SECONDARY action=ALLOW~bpf_integrity=native:OK bpf_keyring=SECONDARY action=ALLOW ! no rule allows hornet=UNSIGNED allowlist=UNEXPECTED; the default denies ! line 6 would allow it: needs bpf_integrity=native:OK, is NONE; needs bpf_keyring=SECONDARY, is BUILTIN
            ALLOW ! bpf_signature=UNSIGNED action=DENY~bpf_keyring=BUILTIN action=DENY ! rule at line 3 denies: bpf_signature=UNSIGNED ! the default at line 2 would allow it if it did not match line 3, line 4
            ALLOW ! action=DENY ! rule at line 3 denies every program ! no rule of the policy allows any program
            """)
    void inOneLineEach(String fallback, String rules, String reason, String fix) {
        BpfLoadContext load = new BpfLoadContext();
        load.report("hornet", IntegrityVerdict.UNSIGNED);
        load.report("allowlist", IntegrityVerdict.UNEXPECTED);

        HookResult result = PolicyEvaluation.evaluate(ActivePolicy.START.with(policy(fallback, rules)), load);

        assertThat(result.errno()).contains(Errno.EACCES);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.fix()).isEqualTo(fix);
        assertThat(result.basis()).isPresent();
    }

    @Test
    void anEntryOfAListDoesNotOutweighARevocation() {
        BpfLoadContext load = new BpfLoadContext();
        load.report("hornet", IntegrityVerdict.UNSIGNED);
        load.report(
                "allowlist",
                IntegrityReport.of(IntegrityVerdict.UNEXPECTED, "revoked: name p type xdp in list r:1")
                        .withCode("revoked"));
        String listed = "bpf_integrity=allowlist:OK action=ALLOW";

        assertThat(PolicyEvaluation.evaluate(ActivePolicy.START.with(policy("DENY", listed)), load)
                        .fix())
                .isEqualTo(
                        "line 3 would allow it: needs bpf_integrity=allowlist:OK, is UNEXPECTED: revoked, which no list"
                                + " outweighs; lift the revocation first");
        assertThat(PolicyEvaluation.evaluate(
                                ActivePolicy.START.with(policy("DENY", listed + "~bpf_signature=OK action=ALLOW")),
                                load)
                        .fix())
                .isEqualTo("line 4 would allow it: needs bpf_signature=OK, is UNSIGNED");
    }

    @Test
    void withoutAPolicyNothingIsAllowed() {
        HookResult result = PolicyEvaluation.evaluate(ActivePolicy.START, new BpfLoadContext());

        assertThat(result.errno()).contains(Errno.EACCES);
        assertThat(result.reason()).isEqualTo("no policy is loaded");
    }

    @ParameterizedTest
    @CsvSource({"ALLOW", "DENY"})
    void aPolicyThatHasNoWordForBpfAllowsNothing(String action) {
        Policy policy = TestPolicies.of(Dialect.OPS7, "DEFAULT action=" + action);

        HookResult result = PolicyEvaluation.evaluate(ActivePolicy.START.with(policy), new BpfLoadContext());

        assertThat(result.errno()).contains(Errno.EACCES);
        assertThat(result.reason()).isEqualTo("policy p is written in the dialect ops7, which has no op=BPF_PROG_LOAD");
        assertThat(result.fix()).isEqualTo("write the policy in the dialect bpfgate, ops8 or ops9");
    }

    @Test
    void theBasisIsTheLineWithoutItsCommentAndTrailingBlanks() {
        Policy policy = TestPolicies.of("DEFAULT action=ALLOW", "  op=BPF_PROG_LOAD\taction=DENY  # why");

        assertThat(PolicyEvaluation.evaluate(ActivePolicy.START.with(policy), new BpfLoadContext())
                        .basis())
                .contains(new PolicyBasis("p", "1.0.0", PolicyBasis.Kind.RULE, 3, "  op=BPF_PROG_LOAD\taction=DENY"));
    }

    @Test
    void aDenialByALargePolicyIsQuick() {
        String unrelated = "op=BPF_PROG_LOAD bpf_keyring=PLATFORM bpf_kernel=TRUE action=DENY\n".repeat(20_000);
        String denying = "op=BPF_PROG_LOAD bpf_kernel=FALSE action=DENY\n";
        String hidden = "op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n".repeat(20_000);
        Policy policy = TestPolicies.of("DEFAULT action=DENY", unrelated + denying + hidden);

        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> PolicyEvaluation.evaluate(ActivePolicy.START.with(policy), new BpfLoadContext()));
    }

    private static Policy policy(String fallback, String rules) {
        return TestPolicies.of(
                "DEFAULT action=" + fallback, "op=BPF_PROG_LOAD " + rules.replace("~", "\nop=BPF_PROG_LOAD "));
    }
}
