package org.bpfgate.integrity.sig.internal.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedElementsAreRefusedTest {
    private static BerReader reader(String hex) {
        return new BerReader(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "'',             at byte 0: it is missing",
        "30,             at byte 0: the data ends inside an element",
        "3001,           at byte 0: the element is longer than the data",
        "3081,           at byte 0: the element is longer than the data",
        "308200,         at byte 0: the element is longer than the data",
        "3083000001ff,   at byte 0: the element claims more than 65535 bytes",
        "30ff,           at byte 0: the element claims more than 65535 bytes",
        "1f0100,         at byte 0: tags of several bytes are not supported",
        "0480ff0000,     at byte 0: a primitive element cannot have an indefinite length",
        "3080,           at byte 2: the end mark of an indefinite length is missing",
        "30800401ff00,   at byte 5: the end mark of an indefinite length is missing",
        "3080308000,     at byte 4: the end mark of an indefinite length is missing",
    })
    void malformed(String hex, String message) {
        assertThatThrownBy(() -> reader(hex).next("it"))
                .isInstanceOf(BerException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"0400, ''", "048101ff, ff", "04820001ff, ff", "3080000005, ''", "30800401ff0000, 0401ff"})
    void wellFormed(String hex, String content) throws BerException {
        assertThat(reader(hex).next("it").content()).isEqualTo(HexFormat.of().parseHex(content));
    }

    @Test
    void nestingIsBounded() throws BerException {
        assertThat(reader("3080".repeat(32) + "0000".repeat(32)).next("it").length())
                .isEqualTo(31 * 4);
        assertThatThrownBy(() -> reader("3080".repeat(33) + "0000".repeat(33)).next("it"))
                .hasMessage("at byte 64: elements are nested more than 32 deep");
        assertThatThrownBy(() -> reader("3080".repeat(30_000)).next("it")).hasMessageEndingWith("32 deep");
    }

    @ParameterizedTest
    @CsvSource({
        "2a864886f70d010702, 1.2.840.113549.1.7.2",
        "883703, 2.999.3",
        "6983dc999ef8f5e69a9eb5bac6acad9bfef7da18, 6983dc999ef8f5e69a9eb5bac6acad9bfef7da18"
    })
    void identifiersAreShownInDots(String hex, String text) {
        assertThat(Oid.of(hex)).hasToString(text);
    }
}
