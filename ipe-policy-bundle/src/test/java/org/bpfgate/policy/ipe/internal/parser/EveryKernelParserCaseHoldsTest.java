package org.bpfgate.policy.ipe.internal.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EveryKernelParserCaseHoldsTest {
    static List<ParserCase> cases() {
        return ParserCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheKernelSays(ParserCase given) {
        for (Dialect dialect : given.dialects()) {
            assertThat(outcome(bytes(given.text()), dialect))
                    .as(dialect.label())
                    .isEqualTo(given.expected());
        }
    }

    @Test
    void noCaseIsLost() {
        assertThat(cases()).hasSize(139);
    }

    @Test
    void theTextIsKeptByteForByte() throws PolicySyntaxException {
        byte[] text = "# \u00ff\r\npolicy_name=\u00ef policy_version=1.02.+3#\nDEFAULT action=DENY \0rest"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(PolicyParser.parse(text).text()).isEqualTo(text);
    }

    @Test
    void theHeaderIsRead() throws PolicySyntaxException {
        var header = PolicyParser.parse(bytes("policy_name=\u00efx policy_version=1.02.+3\nDEFAULT action=DENY"))
                .header();

        assertThat(header.name()).isEqualTo("\u00efx");
        assertThat(header.version()).hasToString("1.2.3");
    }

    private static String outcome(byte[] text, Dialect dialect) {
        try {
            PolicyParser.parse(text, dialect);
            return "ok";
        } catch (PolicySyntaxException e) {
            return e.errno().name();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
