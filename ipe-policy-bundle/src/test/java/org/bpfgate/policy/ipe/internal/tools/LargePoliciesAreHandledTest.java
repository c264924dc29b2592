package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;
import org.bpfgate.policy.ipe.internal.search.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LargePoliciesAreHandledTest {
    private static final int RULES = 20_000;
    private static final int MANY = 100_000;

    private final IpePolicyTools tools = new IpePolicyTools();

    @Test
    void oneChangedRuleOfManyIsFound() throws PolicyException {
        PolicyDifference found = tools.diff(digests(RULES, -1), digests(RULES, RULES / 2), PolicyDialect.BPFGATE);

        assertThat(found.exhaustive()).isTrue();
        assertThat(found.allowedOnlyBySecond()).isEmpty();
        assertThat(found.allowedOnlyByFirst().orElseThrow().facts()).contains("bpf_digest=sha256:" + digest(RULES / 2));
    }

    @Test
    void manyEqualRulesAreEquivalentAndWithoutWarnings() throws PolicyException {
        assertThat(tools.diff(digests(RULES, -1), digests(RULES, -1), PolicyDialect.BPFGATE)
                        .isNone())
                .isTrue();
        assertThat(tools.lint(digests(MANY, -1), PolicyDialect.BPFGATE).warnings())
                .extracting(warning -> warning.kind())
                .containsExactly(Kind.OTHER_DIALECT);
    }

    @Test
    void listsOfDifferentThingsAreNotTriedAgainstEachOther() throws PolicyException {
        byte[] policy = digestsAndNames(MANY);

        assertThat(tools.lint(policy, null).warnings()).isEmpty();
        assertThat(tools.diff(policy, policy, null).isNone()).isTrue();
    }

    private static byte[] digestsAndNames(int rules) {
        StringBuilder text =
                new StringBuilder("# dialect: bpfgate\npolicy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n");
        for (int i = 0; i < rules; i++) {
            text.append("op=BPF_PROG_LOAD ")
                    .append(i % 2 == 0 ? "bpf_name=n" + i : "bpf_digest=sha256:" + digest(i))
                    .append(" action=ALLOW\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatTakesTooLongIsSaidAndNotGuessed() {
        StringBuilder allow = new StringBuilder("DEFAULT action=DENY");
        for (int i = 0; i < 3000; i++) {
            allow.append("\nop=BPF_PROG_LOAD bpf_kfunc=a")
                    .append(i)
                    .append(" bpf_kfunc=b")
                    .append(i);
            allow.append(" action=ALLOW\nop=BPF_PROG_LOAD bpf_kfunc=!a")
                    .append(i)
                    .append(" bpf_kfunc=b")
                    .append(i);
            allow.append(" action=ALLOW\nop=BPF_PROG_LOAD bpf_kfunc=c")
                    .append(i)
                    .append(" bpf_kfunc=!b")
                    .append(i);
            allow.append(" action=ALLOW");
        }
        Policy one = TestPolicies.of(allow.toString());
        Policy other = TestPolicies.of("DEFAULT action=ALLOW");

        assertThat(new PolicyDiff(one, other, new Budget(100)).compare().exhaustive())
                .isFalse();
        assertThat(new PolicyDiff(one, other, new Budget(100)).compare().isNone())
                .isFalse();
    }

    private static byte[] digests(int rules, int without) {
        StringBuilder text = new StringBuilder("policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n");
        for (int i = 0; i < rules; i++) {
            text.append(i == without ? "# " : "")
                    .append("op=BPF_PROG_LOAD bpf_keyring=SECONDARY bpf_digest=sha256:")
                    .append(digest(i))
                    .append(" action=ALLOW\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String digest(int number) {
        // None of them all zeros, which is a placeholder.
        return String.format("1%063x", number);
    }
}
