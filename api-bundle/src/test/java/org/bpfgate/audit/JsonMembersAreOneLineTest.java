package org.bpfgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMembersAreOneLineTest {
    @Test
    void membersComeInTheOrderOfTheCalls() {
        String json = JsonMembers.object(members -> {
            members.text("a", "x");
            members.text("left out", null);
            members.number("b", -3);
            members.object("c", inner -> inner.bool("d", true));
            members.array("e", List.of(1, 2), (element, inner) -> inner.number("n", element));
            members.array("f", List.of(), (element, inner) -> inner.text("never", "written"));
        });

        assertThat(json).isEqualTo("{\"a\":\"x\",\"b\":-3,\"c\":{\"d\":true},\"e\":[{\"n\":1},{\"n\":2}],\"f\":[]}");
    }

    @Test
    void textsAreQuotedEach() {
        String json = JsonMembers.object(members -> {
            members.texts("a", List.of("x", "\"y\""));
            members.texts("b", List.of());
        });

        assertThat(json).isEqualTo("{\"a\":[\"x\",\"\\\"y\\\"\"],\"b\":[]}");
    }

    @Test
    void anEmptyObjectIsOne() {
        assertThat(JsonMembers.object(members -> {})).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "22, \\\"",
                "5c, \\\\",
                "0a, \\u000a",
                "0, \\u0000",
                "7f, \\u007f",
                "9b, \\u009b",
                "2028, \\u2028",
                "d800, \\ud800",
                "e9, é",
                "27, ''''",
            })
    void charactersThatEndATextOrALineAreEscaped(String code, String written) {
        String value = String.valueOf((char) Integer.parseInt(code, 16));

        assertThat(JsonMembers.object(members -> members.text("k", value))).isEqualTo("{\"k\":\"" + written + "\"}");
    }
}
