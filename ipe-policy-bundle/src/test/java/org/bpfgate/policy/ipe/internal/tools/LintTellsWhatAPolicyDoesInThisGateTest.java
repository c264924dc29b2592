package org.bpfgate.policy.ipe.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.ipe.internal.bpf.FunctionNames;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.parser.PolicySource;
import org.bpfgate.policy.ipe.internal.parser.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LintTellsWhatAPolicyDoesInThisGateTest {
    private static final String HEADER = "policy_name=p policy_version=1.0.0\nDEFAULT action=DENY\n";
    private static final FunctionNames KERNEL =
            new FunctionNames(Set.of("bpf_obj_new_impl", "do_exit"), Set.of("bpf_obj_new_impl"));
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bpf_integrity=allowlst:OK action=ALLOW       | UNKNOWN_VERIFIER  | did you mean "allowlist"?
            bpf_integrity=allowlst:NONE action=ALLOW     | UNKNOWN_VERIFIER  | always holds
            bpf_integrity=other:OK action=ALLOW          | UNKNOWN_VERIFIER  | never holds
            bpf_integrity=native:PARTIALSIG action=DENY  | NEVER_REPORTED    | reports OK, UNSIGNED, UNKNOWNKEY, BADSIG
            bpf_integrity=allowlist:BADSIG action=DENY   | NEVER_REPORTED    | never holds
            bpf_kfunc=bpf_obj_new_imp action=DENY        | UNKNOWN_FUNCTION  | did you mean "bpf_obj_new_impl"?
            bpf_kfunc=do_exit action=DENY                | UNKNOWN_FUNCTION  | that no program may call
            bpf_kfunc=!no_such action=ALLOW              | UNKNOWN_FUNCTION  | the running kernel has no function no_such
            bpf_client_unit=a.timer action=ALLOW         | NO_PROCESS        | type timer
            bpf_client_unit=a@.service action=ALLOW      | NO_PROCESS        | a@NAME.service
            until=2026-11-01 action=ALLOW                | EXPIRED           | over
            until=2027-11-01 action=DENY                 | OPENS_LATER       | may be let in
            dmverity_roothash=sha265:00 action=ALLOW     | UNKNOWN_ALGORITHM | did you mean "sha256"?
            fsverity_digest=sha256:00 action=ALLOW       | UNKNOWN_ALGORITHM | has 64 digits
            bpf_prog_type=xdp bpf_integrity={allowlist:OK,natve:OK} action=ALLOW | UNKNOWN_VERIFIER | did you mean "native"?
            """)
    void aValueThatIsProbablyMistypedIsNamed(String rule, String kind, String message) {
        PolicySource source = PolicyParser.read(bytes(HEADER + "op=BPF_PROG_LOAD " + rule + "\n"), Dialect.BPFGATE);
        assertThat(source.errors()).isEmpty();

        List<PolicyWarning> found = new VocabularyChecks(KERNEL, NOW)
                .of((Statement.Conditional) source.statements().getLast());

        assertThat(found).singleElement().satisfies(warning -> {
            assertThat(warning.kind().name()).isEqualTo(kind);
            assertThat(warning.message()).contains(message);
            assertThat(warning.line()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bpf_signer=sha256:     | 1                | no certificate has this fingerprint
            bpf_signer_ca=sha256:  | 0                | no certificate has this fingerprint
            bpf_digest=sha256:     | f                | no program has this digest
            bpf_digest=sha256:     | deadbeef         | no program has this digest
            bpf_client_exe=sha256: | 1                | no file has this digest
            bpf_client_exe=sha256: | 0123456789abcdef | no file has this digest
            bpf_client_exe=sha256: | 12345            | no file has this digest
            dmverity_roothash=sha256: | 0             | no volume has this root hash
            fsverity_digest=sha256:   | ab            | no file has this digest
            """)
    void aDigestAsExamplesHaveItIsNamed(String word, String digits, String message) {
        String hex = digits.repeat(64).substring(0, 64);

        assertThat(lintOf("op=BPF_PROG_LOAD " + word + hex + " action=ALLOW"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.kind().name()).isEqualTo("PLACEHOLDER");
                    assertThat(warning.message()).contains(message);
                });
    }

    @Test
    void theDigestOfAnEmptyFileIsNoExecutables() {
        String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

        assertThat(lintOf("op=BPF_PROG_LOAD bpf_client_exe=sha256:" + empty + " action=ALLOW"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("no executable is empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fdf330b80d74bab9bd348a4e62bab83e2800803e4b95c2bb186c654e9fc1e635",
                "1111111111111111111111111111111111111111111111111111111111111112",
                "0123456789abcdef00123456789abcdef00123456789abcdef00123456789abcd"
            })
    void aDigestThatCanBeIsNot(String hex) {
        assertThat(lintOf("op=BPF_PROG_LOAD bpf_client_exe=sha256:" + hex.substring(0, 64) + " action=ALLOW"))
                .isEmpty();
    }

    private static List<PolicyWarning> lintOf(String rule) {
        PolicySource source = PolicyParser.read(bytes(HEADER + rule + "\n"), Dialect.BPFGATE);
        assertThat(source.errors()).isEmpty();
        return new VocabularyChecks(KERNEL, NOW)
                .of((Statement.Conditional) source.statements().getLast());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bpf_integrity=allowlist:UNEXPECTED bpf_kfunc=bpf_obj_new_impl action=DENY
            bpf_integrity=hornet:PARTIALSIG bpf_client_unit=a@b.service until=2027-01-01 action=ALLOW
            """)
    void whatCanBeIsNot(String rule) {
        PolicySource source = PolicyParser.read(bytes(HEADER + "op=BPF_PROG_LOAD " + rule + "\n"), Dialect.BPFGATE);

        assertThat(new VocabularyChecks(KERNEL, NOW)
                        .of((Statement.Conditional) source.statements().getLast()))
                .isEmpty();
    }

    @Test
    void aPolicyForFilesDeniesEveryLoadAndItsRulesHaveNoEffect() {
        PolicyFindings found = lint(
                HEADER + "op=EXECUTE boot_verified=TRUE action=ALLOW\nop=POLICY boot_verified=TRUE action=ALLOW\n",
                PolicyDialect.OPS8);

        assertThat(found.warnings())
                .extracting(warning -> warning.line() + " " + warning.kind())
                .containsExactly("1 DENIES_EVERY_LOAD", "3 FILE_OPERATION", "4 FILE_OPERATION");
        assertThat(found.warnings().get(2).message()).contains("op=POLICY", "does not govern BPF programs");
    }

    @Test
    void aPolicyThatLetsProgramsInAndNoProbesRefusesLoaders() {
        String rule = "op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW\n";
        String probes = "op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW\n";

        assertThat(kinds(HEADER + rule)).containsExactly("DENIES_PROBES");
        assertThat(kinds(HEADER + probes + rule)).isEmpty();
        assertThat(kinds(HEADER + "op=BPF_PROG_LOAD bpf_signature=UNSIGNED action=DENY\n" + probes + rule))
                .contains("DENIES_PROBES");
        assertThat(kinds(HEADER + "op=BPF_PROG_LOAD bpf_signature=UNSIGNED action=ALLOW\n"))
                .isEmpty();
    }

    private static List<String> kinds(String text) {
        return lint("# dialect: bpfgate\n" + text, null).warnings().stream()
                .map(warning -> warning.kind().name())
                .toList();
    }

    private static PolicyFindings lint(String text, @Nullable PolicyDialect dialect) {
        return new IpePolicyTools().lint(bytes(text), dialect);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
