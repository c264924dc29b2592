package org.bpfgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelLineTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            bpftool, '"bpftool"'
            '', '""'
            'a b', 612062
            'a"b', 612262
            é, C3A9
            """)
    void whatOthersChooseCannotForgeARecord(String text, String written) {
        assertThat(KernelLine.untrusted(text)).isEqualTo(written);
    }
}
