package org.bpfgate.command.internal.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The results are those of {@code openssl cms -sign -nodetach}, whose content shows what was signed. */
class OpenSslTextTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a,a",
                "a~,a^~",
                "a^~,a^~",
                "a^^~b,a^~b",
                "~~,^~^~",
                "ab^,ab",
                "a0b~c~,ac^~",
                "a~0b~c,a^~",
                "'',''",
            })
    void lines(String file, String text) {
        assertThat(new String(OpenSslText.of(bytes(file)), ISO_8859_1)).isEqualTo(new String(bytes(text), ISO_8859_1));
    }

    @Test
    void longLinesAreReadInPieces() {
        assertThat(OpenSslText.of(bytes("a".repeat(3000) + "~"))).isEqualTo(bytes("a".repeat(3000) + "^~"));
        // The carriage return at the end of a piece is lost.
        assertThat(OpenSslText.of(bytes("a".repeat(1022) + "^" + "b"))).isEqualTo(bytes("a".repeat(1022) + "b"));
    }

    private static byte[] bytes(String text) {
        return text.replace('~', '\n').replace('^', '\r').replace('0', '\0').getBytes(ISO_8859_1);
    }
}
