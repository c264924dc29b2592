package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {
    @Test
    void onlyConsoleBlocksAreTranscripts() {
        String markdown = """
                # Title
                ```
                $ not this one
                ```
                ```console
                $ echo one; echo two
                one
                two
                $ true
                ```
                $ nor this one
                """;
        assertThat(Transcript.in(markdown))
                .containsExactly(new Transcript(
                        5,
                        List.of(
                                new Transcript.Step("echo one; echo two", List.of("one", "two")),
                                new Transcript.Step("true", List.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"```console\n```\n", "```console\noutput\n$ true\n```\n", "```console\n$ true\n"})
    void aBrokenBlockIsRefusedWithItsLine(String markdown) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transcript.in(markdown))
                .withMessageContaining("line 1");
    }

    @ParameterizedTest(name = "[{0}] shows [{1}]: {2}")
    @CsvSource({
        "'',        '',      true",
        "'',        a,       false",
        "a,         a,       true",
        "a,         b,       false",
        "a,         '',      false",
        "a,         a b,     false",
        "...,       '',      true",
        "...,       a b c,   true",
        "a ...,     a,       true",
        "a ...,     a b c,   true",
        "a ...,     b a,     false",
        "... c,     a b c,   true",
        "... c,     a c b,   false",
        "a ... c,   a b c,   true",
        "a ... c,   a c,     true",
        "a ... c,   a,       false",
        "... b ...,  a b c,  true",
        "... d ...,  a b c,  false",
    })
    void dotsStandForAnyLines(String shown, String actual, boolean matches) {
        assertThat(new Transcript.Step("", lines(shown)).shows(lines(actual))).isEqualTo(matches);
    }

    private static List<String> lines(String words) {
        return Stream.of(words.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }
}
