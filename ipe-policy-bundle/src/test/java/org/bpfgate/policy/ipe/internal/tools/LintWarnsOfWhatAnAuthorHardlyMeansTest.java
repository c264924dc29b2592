package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LintWarnsOfWhatAnAuthorHardlyMeansTest {
    private static final String HEADER = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";

    /** The header is line 1, the default line 2, the first rule line 3. {@code L} stands for op=BPF_PROG_LOAD. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            L action=ALLOW                                                            | -
            L bpf_signature=OK action=ALLOW                                           | -
            L bpf_signature=BADSIG action=DENY; L bpf_keyring=PLATFORM action=ALLOW   | -
            L action=ALLOW; L bpf_signature=OK action=ALLOW                           | 4:1 UNREACHABLE
            L action=ALLOW;   L bpf_signature=OK action=DENY                          | 4:3 UNREACHABLE
            L bpf_kernel=TRUE action=ALLOW; L bpf_kernel=FALSE action=ALLOW; L bpf_signature=OK action=ALLOW | 5:1 UNREACHABLE
            L bpf_signature=OK action=ALLOW; L bpf_signature=OK action=DENY           | 4:1 UNREACHABLE
            L bpf_signature=OK action=ALLOW; L bpf_integrity=hornet:OK action=ALLOW   | 4:1 DUPLICATE
            L bpf_signature=OK bpf_kernel=TRUE action=ALLOW; L bpf_kernel=TRUE bpf_signature=OK action=ALLOW | 4:1 DUPLICATE
            L bpf_signature=OK bpf_signature=NONE action=ALLOW                        | 3:35 CONTRADICTION
            L bpf_helper=bpf_loop bpf_helper=!bpf_loop action=ALLOW                   | 3:38 CONTRADICTION
            L bpf_helper=bpf_loop bpf_helper=!bpf_tail_call action=ALLOW              | -
            L bpf_kernel=TRUE bpf_client_uid=0 action=ALLOW                           | 3:34 CONTRADICTION
            L boot_verified=TRUE action=ALLOW                                         | 3:18 CONTRADICTION
            L boot_verified=FALSE action=ALLOW                                        | -
            op=EXECUTE bpf_signature=OK action=ALLOW                                  | 3:12 CONTRADICTION
            op=EXECUTE bpf_prog_type=xdp action=ALLOW                                 | 3:12 CONTRADICTION
            op=EXECUTE bpf_keyring=BUILTIN action=ALLOW                               | -
            L bpf_signature=NONE action=DENY                                          | 3:1 SAME_AS_DEFAULT
            L bpf_signature=NONE action=DENY; L bpf_signature=OK action=ALLOW         | 3:1 SAME_AS_DEFAULT
            L bpf_signature=BADSIG action=DENY; L bpf_kernel=TRUE action=ALLOW        | -
            L bpf_keyring=BUILTIN action=ALLOW                                        | 3:18 KEYRING_UNSET
            L bpf_keyring=BUILTIN bpf_signature=OK action=ALLOW                       | -
            L bpf_keyring=BUILTIN bpf_signature=UNSIGNED action=ALLOW                 | 3:18 KEYRING_UNSET
            L bpf_keyring=BUILTIN bpf_integrity=allowlist:OK action=ALLOW             | 3:18 KEYRING_UNSET
            L bpf_keyring=SECONDARY action=ALLOW                                      | -
            """)
    void inARule(String rules, String expected) {
        String text = HEADER
                + rules.replace("L ", "op=BPF_PROG_LOAD ").replace(";", "\n").replace("\n ", "\n");

        PolicyFindings found = lint("# dialect: bpfgate\n" + text);

        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings().stream()
                        .filter(warning -> !OF_THE_WHOLE.contains(warning.kind()))
                        .map(LintWarnsOfWhatAnAuthorHardlyMeansTest::place))
                .isEqualTo(expected.equals("-") ? List.of() : List.of(expected));
    }

    /** These are about the policy as a whole, and {@link LintTellsWhatAPolicyDoesInThisGateTest} is about them. */
    private static final Set<PolicyWarning.Kind> OF_THE_WHOLE = Set.of(
            PolicyWarning.Kind.DENIES_EVERY_LOAD, PolicyWarning.Kind.DENIES_PROBES, PolicyWarning.Kind.FILE_OPERATION);

    /** The comment with the dialect is a line of its own, which the table does not count. */
    private static String place(PolicyWarning warning) {
        return warning.line() - 1 + ":" + warning.column() + " " + warning.kind();
    }

    @Test
    void aRuleThatOnlyAllOthersTogetherCoverIsUnreachable() {
        StringBuilder text = new StringBuilder(HEADER);
        for (String verdict : "NONE OK UNSIGNED PARTIALSIG UNKNOWNKEY UNEXPECTED FAULT BADSIG".split(" ", -1)) {
            text.append("op=BPF_PROG_LOAD bpf_signature=").append(verdict).append(" action=ALLOW\n");
        }

        PolicyFindings found = lint(text + "op=BPF_PROG_LOAD bpf_kernel=TRUE action=ALLOW\n");

        assertThat(found.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(PolicyWarning.Kind.UNREACHABLE);
            assertThat(warning.line()).isEqualTo(11);
            assertThat(warning.message()).contains("the earlier rules together");
        });
    }

    @Test
    void aPolicyWithoutADefaultOfItsOwnDoesNotLoadOnAKernelThatKnowsMore() {
        StringBuilder text = new StringBuilder("policy_name=p policy_version=1.0.0\n");
        for (String op : "EXECUTE FIRMWARE KMODULE KEXEC_IMAGE KEXEC_INITRAMFS POLICY X509_CERT".split(" ", -1)) {
            text.append("DEFAULT op=").append(op).append(" action=ALLOW\n");
        }

        PolicyFindings found = new IpePolicyTools().lint(bytes(text.toString()), PolicyDialect.OPS7);

        assertThat(found.warnings())
                .extracting(PolicyWarning::kind)
                .containsExactly(
                        PolicyWarning.Kind.NO_DEFAULT,
                        PolicyWarning.Kind.DENIES_EVERY_LOAD,
                        PolicyWarning.Kind.OTHER_DIALECT);
        assertThat(found.warnings().get(0).message()).contains("op=BPF_PROG_LOAD");
    }

    @Test
    void aWordThatNeedsAnotherDialectThanThePolicyNames() {
        String text = HEADER + "op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW\n";

        assertThat(new IpePolicyTools().lint(bytes(text), PolicyDialect.BPFGATE).warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.kind()).isEqualTo(PolicyWarning.Kind.OTHER_DIALECT);
                    assertThat(warning.line()).isEqualTo(3);
                    assertThat(warning.column()).isEqualTo(18);
                });
        assertThat(lint(text).errors()).hasSize(1);
        assertThat(lint("# dialect: bpfgate\n" + text).warnings()).isEmpty();
    }

    @Test
    void errorsComeAlone() {
        PolicyFindings found = lint(HEADER + "op=EXEC action=ALLOW\nop=BPF_PROG_LOAD action=DEN\n");

        assertThat(found.loads()).isFalse();
        assertThat(found.errors())
                .extracting(fault -> fault.errno() + " " + fault.line() + ":" + fault.column())
                .containsExactly("EBADMSG 3:1", "EBADMSG 4:18");
        assertThat(found.errors().get(1).suggestion()).isEqualTo("action=DENY");
        assertThat(found.warnings()).isEmpty();
    }

    private static PolicyFindings lint(String text) {
        return new IpePolicyTools().lint(bytes(text), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
