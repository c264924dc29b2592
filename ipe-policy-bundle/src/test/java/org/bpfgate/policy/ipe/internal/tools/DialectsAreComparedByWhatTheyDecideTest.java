package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.TestPolicies;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DialectsAreComparedByWhatTheyDecideTest {
    private static final String HEADER = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";

    /** In each row a policy of ops9, what native reports with its contract, the keyring, and the decision. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            L bpf_signature=OK action=ALLOW                                        | OK loader   | 0  | true
            L bpf_signature=OK action=ALLOW                                        | OK metadata | 0  | false
            L bpf_signature=METADATA_VERIFIED action=ALLOW                         | OK metadata | 0  | false
            L bpf_signature=METADATA_VERIFIED action=ALLOW;P action=ALLOW          | OK metadata | 0  | true
            L bpf_signature=METADATA_VERIFIED action=ALLOW;P bpf_keyring=USER action=ALLOW | OK metadata | 0  | false
            L bpf_signature=METADATA_VERIFIED action=ALLOW;P bpf_keyring=USER action=ALLOW | OK metadata | -4 | true
            L bpf_signature=UNSIGNED action=ALLOW                                  | UNSIGNED    | 0  | true
            L bpf_keyring=BUILTIN action=ALLOW                                     | UNSIGNED    | 0  | false
            L bpf_keyring=BUILTIN action=ALLOW                                     | OK loader   | 0  | true
            L bpf_keyring=USER action=ALLOW                                        | OK loader   | 1001 | true
            """)
    void theOtherSeriesReadsWhatTheKernelItselfFinds(String rules, String report, int keyring, boolean allowed) {
        Policy policy = TestPolicies.parse(text(rules), Dialect.OPS9);
        BpfLoadContext load = new BpfLoadContext();
        String[] words = report.split(" ", 2);
        IntegrityReport made = IntegrityReport.of(IntegrityVerdict.valueOf(words[0]), "");
        load.report("native", words.length == 1 ? made : made.withContract(words[1]));
        load.describe(ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(new byte[8])))
                .withKeyring(keyring == 0 ? KeyringId.BUILTIN : keyring));

        assertThat(policy.decideLoad(load).allows()).isEqualTo(allowed);
    }

    @Test
    void equalDecisionsInTwoDialectsAreFoundEqual() throws PolicyException {
        PolicyDifference found = diff(
                "# dialect: ops9\n"
                        + text(
                                "L bpf_signature=OK action=ALLOW;L bpf_signature=METADATA_VERIFIED action=ALLOW;P action=ALLOW"),
                "# dialect: bpfgate\n" + text("L bpf_integrity=native:OK action=ALLOW"));

        assertThat(found.isNone()).isTrue();
    }

    @Test
    void aDifferenceIsToldInWordsOfBoth() throws PolicyException {
        PolicyDifference found = diff(
                "# dialect: ops9\n" + text("L bpf_signature=OK action=ALLOW"),
                "# dialect: bpfgate\n" + text("L bpf_integrity=native:OK action=ALLOW"));

        assertThat(found.allowedOnlyByFirst()).isEmpty();
        assertThat(found.allowedOnlyBySecond().orElseThrow().facts())
                .containsExactlyInAnyOrder("bpf_integrity=native:OK", "the signature covers the maps");
    }

    @Test
    void aSignatureThatTheKernelRefusesIsDeniedWhateverTheDefault() throws PolicyException {
        String allow = "policy_name=p policy_version=1.0.0\nDEFAULT action=ALLOW\n";
        PolicyDifference found = diff("# dialect: ops9\n" + allow, "# dialect: bpfgate\n" + allow);

        assertThat(found.allowedOnlyByFirst()).isEmpty();
        assertThat(found.allowedOnlyBySecond().orElseThrow().facts())
                .singleElement()
                .asString()
                .startsWith("bpf_integrity=native:");
    }

    @Test
    void aSignerIsNotSpokenOfWhereTheLoadIsUnsigned() throws PolicyException {
        String signer = "bpf_signer=sha256:" + "12".repeat(32);
        PolicyDifference found = diff(
                "# dialect: bpfgate\n"
                        + text("L bpf_signature=OK action=DENY;L bpf_signature=PARTIALSIG action=DENY;L " + signer
                                + " action=ALLOW"),
                HEADER);

        assertThat(found.allowedOnlyByFirst().orElseThrow().facts())
                .contains(signer)
                .doesNotContain("bpf_signature=UNSIGNED", "bpf_integrity=native:UNSIGNED");
        assertThat(diff("# dialect: bpfgate\n" + text("L bpf_signature=UNSIGNED " + signer + " action=ALLOW"), HEADER)
                        .isNone())
                .isTrue();
    }

    private static PolicyDifference diff(String one, String other) throws PolicyException {
        return new IpePolicyTools().diff(bytes(one), bytes(other), null);
    }

    private static String text(String rules) {
        return HEADER
                + String.join("\n", List.of(rules.split(";", -1)))
                        .replace("L ", "op=BPF_PROG_LOAD ")
                        .replace("P ", "op=BPF_PROG_LOAD_POST_INTEGRITY ")
                + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
