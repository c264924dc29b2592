package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyDifference.Witness;
import org.bpfgate.policy.PolicyException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AWitnessTellsAllThatMattersTest {
    private static final String HEADER = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";

    /** Compared with a policy that allows nothing. {@code L} stands for op=BPF_PROG_LOAD. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            L action=ALLOW                                           | -
            L bpf_signature=OK action=ALLOW                          | bpf_signature=OK
            L bpf_name=a action=DENY;L bpf_signature=OK action=ALLOW | bpf_signature=OK, any other bpf_name
            L bpf_name=a action=DENY;L bpf_name=b action=ALLOW       | bpf_name=b
            L bpf_client_uid=0 action=DENY;L action=ALLOW            | any other bpf_client_uid
            L bpf_kernel=TRUE action=DENY;L action=ALLOW             | bpf_kernel=FALSE
            L bpf_signature=OK action=ALLOW;L bpf_name=a action=DENY | bpf_signature=OK
            """)
    void andNothingElse(String rules, String facts) throws PolicyException {
        byte[] policy = bytes(HEADER + rules.replace("L ", "op=BPF_PROG_LOAD ").replace(';', '\n') + "\n");

        Witness witness = new IpePolicyTools()
                .diff(policy, bytes(HEADER), PolicyDialect.BPFGATE)
                .allowedOnlyByFirst()
                .orElseThrow();

        assertThat(witness.op()).isEqualTo("BPF_PROG_LOAD");
        assertThat(witness.facts()).isEqualTo(facts.equals("-") ? List.of() : List.of(facts.split(", ", -1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
