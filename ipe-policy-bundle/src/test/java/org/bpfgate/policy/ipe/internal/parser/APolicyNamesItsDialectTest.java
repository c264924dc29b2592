package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.jspecify.annotations.Nullable;
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
            '# dialect: ops9~',                 OPS9
            '# dialects differ~',               OPS8
            '# about: bpfgate~',                OPS8
            '#dialect:bpfgate~',                BPFGATE
            ' > #  dialect: >ops7 > ~',         OPS7
            '~ ~> ~# dialect: bpfgate~',        BPFGATE
            '# dialect: bpfgate~# dialect: ops7~', BPFGATE
            '',                                 OPS8
            '# a comment~# dialect: bpfgate~',  OPS8
            """)
    void inItsFirstLineThatIsNotBlank(String beginning, Dialect dialect) throws PolicySyntaxException {
        String text = beginning.replace('~', '\n').replace('>', '\t') + POLICY;

        assertThat(PolicyParser.parse(bytes(text)).dialect()).isEqualTo(dialect);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            N dialct: bpfgate         | # dialect: bpfgate
            N dialect: bpfgate2       | # dialect: bpfgate
            N dialect: bpfgat         | # dialect: bpfgate
            N dialect: BPFGATE        | # dialect: bpfgate
            N Dialect: bpfgate        | # dialect: bpfgate
            N dialect : bpfgate       | # dialect: bpfgate
            NN dialect: bpfgate       | # dialect: bpfgate
            N dialect bpfgate         | # dialect: bpfgate
            N dialect=ops7            | # dialect: ops7
            N dialect: bpfgate please | # dialect: bpfgate
            N dialect: esperanto      |
            """)
    void aLineThatWasMeantToIsAnError(String line, @Nullable String meant) {
        String comment = line.replace('N', '#');
        PolicySource source = PolicyParser.read(bytes(" " + comment + "\n" + POLICY), null);

        assertThat(source.policy()).isEmpty();
        assertThat(source.errors()).singleElement().satisfies(error -> {
            assertThat(error.line() + ":" + error.column() + " " + error.errno())
                    .isEqualTo("1:2 EBADMSG");
            assertThat(error.suggestion()).isEqualTo(meant);
        });
        assertThat(PolicyParser.read(bytes(comment + "\n" + POLICY), Dialect.OPS8)
                        .errors())
                .isEmpty();
    }

    @Test
    void aLaterOneIsToldToLint() {
        assertThat(PolicyParser.read(bytes("# about\n# dialect: bpfgate\n" + POLICY), null)
                        .misplaced())
                .containsExactly(new Comments.Misplaced(2, 1));
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
