package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AllErrorsAreToldAtOnceTest {
    @Test
    void oneForEachLineInTheOrderOfTheText() {
        PolicySource source = read("""
                policy_name=p policy_version=1.x.0
                DEFAULT action=DENY
                op=EXECUTE boot_verified=true action=ALLOW
                op=EXECUTE action=ALLOW
                DEFAULT action=DENY
                op=EXECUTE dmverity_roothash=a:0 action=DENI
                """);

        assertThat(source.policy()).isEmpty();
        assertThat(source.errors())
                .extracting(error -> error.line() + ":" + error.column() + " " + error.errno())
                .containsExactly("1:32 EINVAL", "3:12 EBADMSG", "5:1 EBADMSG", "6:33 EINVAL");
        assertThat(source.errors().get(1).suggestion()).isEqualTo("boot_verified=TRUE");
        assertThat(source.statements())
                .extracting(statement -> statement.line().number())
                .containsExactly(2, 4);
    }

    @Test
    void aMissingDefaultComesLast() {
        assertThat(read("policy_name=p policy_version=1.0.0\nop=X action=DENY").errors())
                .extracting(Diagnostic::line)
                .containsExactly(2, 2);
    }

    @Test
    void aDefaultThatWasLostToAnErrorIsNotMissedAsWell() {
        assertThat(read("policy_name=p policy_version=1.0.0\nDEFAULT action=NO").errors())
                .hasSize(1);
    }

    @Test
    void thereAreNotMoreThanAPersonReads() {
        String text = "policy_name=p policy_version=1.0.0\n" + "what\n".repeat(1000);

        assertThat(read(text).errors()).hasSize(PolicyParser.MAX_ERRORS);
    }

    @Test
    void aGoodTextHasAPolicyAndEveryWordItsPlace() {
        PolicySource source = read("""
                # dialect: ops8
                policy_name=p policy_version=1.0.0
                  DEFAULT\top=EXECUTE action=DENY
                DEFAULT action=ALLOW
                op=BPF_PROG_LOAD bpf_signature=OK   bpf_kernel=FALSE action=DENY # c
                """);

        assertThat(source.errors()).isEmpty();
        assertThat(source.policy()).isPresent();
        assertThat(source.dialect()).isEqualTo(Dialect.OPS8);
        Statement.Default fallback = (Statement.Default) source.statements().get(1);
        assertThat(fallback.op()).isEqualTo(new Token<>(new Word("op=EXECUTE", 3, 11), Op.EXECUTE));
        Statement.Conditional rule = (Statement.Conditional) source.statements().get(3);
        assertThat(rule.op().word().column()).isEqualTo(1);
        assertThat(rule.conditions())
                .extracting(condition -> condition.word().column() + " " + condition.value())
                .containsExactly("18 bpf_signature=OK", "37 bpf_kernel=FALSE");
        assertThat(rule.action().word().column()).isEqualTo(54);
    }

    @ParameterizedTest
    @MethodSource("org.bpfgate.policy.ipe.internal.parser.EveryKernelParserCaseHoldsTest#cases")
    void theFirstIsTheKernels(ParserCase given) {
        byte[] text = given.text().getBytes(StandardCharsets.ISO_8859_1);
        for (Dialect dialect : given.dialects()) {
            PolicySource source = PolicyParser.read(text, dialect);
            assertThat(source.policy().isPresent()).isEqualTo(given.expected().equals("ok"));
            if (source.policy().isEmpty()) {
                assertThat(source.errors().getFirst().errno()).isEqualTo(Errno.valueOf(given.expected()));
                assertThat(source.errors().getFirst())
                        .isEqualTo(catchThrowableOfType(
                                        PolicySyntaxException.class, () -> PolicyParser.parse(text, dialect))
                                .diagnostic());
            }
        }
    }

    private static PolicySource read(String text) {
        return PolicyParser.read(text.getBytes(StandardCharsets.ISO_8859_1), null);
    }
}
