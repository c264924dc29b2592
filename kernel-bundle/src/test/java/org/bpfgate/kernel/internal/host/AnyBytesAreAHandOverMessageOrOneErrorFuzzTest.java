package org.bpfgate.kernel.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;

class AnyBytesAreAHandOverMessageOrOneErrorFuzzTest {
    @FuzzTest
    void parse(byte[] bytes) throws ProtocolException {
        try {
            HandOverMessage message = HandOverReader.parse(bytes);
            assertThat(HandOverReader.parse(message.toLine())).isEqualTo(message);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
        }
    }
}
