package org.bpfgate.serve.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;

class AnyBytesAreListenersOrOneErrorFuzzTest {
    @FuzzTest
    void reads(byte[] text) throws IOException {
        List<ListenerEntry> entries;
        try {
            entries = ListenerText.read(text, "boot");
        } catch (IOException e) {
            return;
        }
        assertThat(ListenerText.read(ListenerText.write("boot", entries), "boot"))
                .isEqualTo(entries);
    }
}
