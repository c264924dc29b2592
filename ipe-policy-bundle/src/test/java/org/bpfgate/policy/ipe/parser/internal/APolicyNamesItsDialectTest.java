package org.bpfgate.policy.ipe.parser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class APolicyNamesItsDialectTest {
    private static final String POLICY = "policy_name=p policy_version=0.0.0\nDEFAULT action=DENY\n";

    @ParameterizedTest
    @CsvSource(textBlock = """
            '# dialect: bpfgate~',              BPFGATE
            '# dialect: ops7~',                 OPS7
            '# dialect: ops8~',                 OPS8
            '#dialect:bpfgate~',                BPFGATE
            ' > #  dialect: >ops7 > ~',         OPS7
            '~ ~> ~# dialect: bpfgate~',        BPFGATE
            '# dialect: bpfgate~# dialect: ops7~', BPFGATE
            '',                                 OPS8
            '# a comment~# dialect: bpfgate~',  OPS8
            '# dialect: bpfgate please~',       OPS8
            '# dialect: BPFGATE~',              OPS8
            '# Dialect: bpfgate~',              OPS8
            '# dialect : bpfgate~',             OPS8
            '## dialect: bpfgate~',             OPS8
            '# dialect: bpfgat~',               OPS8
            """)
    void inItsFirstLineThatIsNotBlank(String beginning, Dialect dialect) throws PolicySyntaxException {
        String text = beginning.replace('~', '\n').replace('>', '\t') + POLICY;

        assertThat(PolicyParser.parse(bytes(text)).dialect()).isEqualTo(dialect);
    }

    @Test
    void notInALaterComment() throws PolicySyntaxException {
        assertThat(PolicyParser.parse(bytes(POLICY + "# dialect: bpfgate\n")).dialect())
                .isEqualTo(Dialect.OPS8);
        assertThat(PolicyParser.parse(bytes(POLICY.replaceFirst("\n", " # dialect: bpfgate\n")))
                        .dialect())
                .isEqualTo(Dialect.OPS8);
    }

    @Test
    void andTheCallerOverrulesIt() throws PolicySyntaxException {
        assertThat(PolicyParser.parse(bytes("# dialect: bpfgate\n" + POLICY), Dialect.OPS7)
                        .dialect())
                .isEqualTo(Dialect.OPS7);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
