package org.bpfgate.serve.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class AnyBytesAreAnIndexOrOneErrorFuzzTest {
    @FuzzTest
    void reads(byte[] text) throws IOException {
        ModuleIndex index;
        try {
            index = IndexText.read(text);
        } catch (IOException e) {
            return;
        }
        assertThat(IndexText.read(IndexText.write(index))).isEqualTo(index);
        assertThat(index.needed()).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }
}
