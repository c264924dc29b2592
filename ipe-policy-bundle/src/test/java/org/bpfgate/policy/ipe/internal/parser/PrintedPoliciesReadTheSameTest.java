package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.PolicyPrinter;
import org.bpfgate.policy.ipe.internal.policy.RandomPolicy;
import org.bpfgate.policy.ipe.internal.policy.Rule;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PrintedPoliciesReadTheSameTest {
    @Property(tries = 500)
    void whateverTheyAllow(@ForAll long seed) throws PolicySyntaxException {
        assertReadsTheSame(TestPolicies.parse(RandomPolicy.text(new Random(seed), 30), Dialect.BPFGATE));
    }

    static Stream<ParserCase> kernelCases() {
        return ParserCase.all().stream().filter(given -> given.expected().equals("ok"));
    }

    @ParameterizedTest
    @MethodSource("kernelCases")
    void asDoThoseOfTheKernelsCases(ParserCase given) throws PolicySyntaxException {
        byte[] text = given.text().getBytes(StandardCharsets.ISO_8859_1);
        for (Dialect dialect : given.dialects()) {
            assertReadsTheSame(PolicyParser.parse(text, dialect));
        }
    }

    @Test
    void inOneFormHoweverTheyWereWritten() {
        Policy policy = TestPolicies.parse("""
                  # why
                policy_name=\u00efx\tpolicy_version=01.+2.3  # it
                op=KMODULE boot_verified=TRUE action=ALLOW
                op=BPF_PROG_LOAD   bpf_digest=sha256:%s bpf_helper=!bpf_loop action=ALLOW
                op=EXECUTE dmverity_roothash=SHA:0aFF action=DENY
                DEFAULT op=EXECUTE action=ALLOW
                DEFAULT action=DENY
                """.formatted("AB".repeat(32)), Dialect.BPFGATE);

        assertThat(printed(policy)).isEqualTo("""
                # dialect: bpfgate
                policy_name=\u00efx policy_version=1.2.3
                DEFAULT action=DENY
                DEFAULT op=EXECUTE action=ALLOW
                op=EXECUTE dmverity_roothash=SHA:0aff action=DENY
                op=KMODULE boot_verified=TRUE action=ALLOW
                op=BPF_PROG_LOAD bpf_digest=sha256:%s bpf_helper=!bpf_loop action=ALLOW
                """.formatted("ab".repeat(32)));
    }

    private static void assertReadsTheSame(Policy policy) throws PolicySyntaxException {
        byte[] text = PolicyPrinter.print(policy);

        Policy again = PolicyParser.parse(text);

        assertThat(PolicyPrinter.print(again)).isEqualTo(text);
        assertThat(again.header()).isEqualTo(policy.header());
        assertThat(again.dialect()).isEqualTo(policy.dialect());
        assertSame(again.globalDefault(), policy.globalDefault());
        for (Op op : Op.values()) {
            assertSame(again.about(op).fallback(), policy.about(op).fallback());
            assertThat(again.about(op).rules())
                    .usingElementComparator((a, b) -> isSame(a, b) ? 0 : 1)
                    .isEqualTo(policy.about(op).rules());
        }
    }

    private static boolean isSame(Rule one, Rule other) {
        return one.properties().equals(other.properties())
                && one.ruling().allows() == other.ruling().allows();
    }

    private static void assertSame(@Nullable Ruling one, @Nullable Ruling other) {
        assertThat(one == null ? "none" : one.allows()).isEqualTo(other == null ? "none" : other.allows());
    }

    private static String printed(Policy policy) {
        return new String(PolicyPrinter.print(policy), StandardCharsets.ISO_8859_1);
    }
}
