package org.bpfgate.integrity.hash.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfgate.integrity.hash.internal.list.Lists;

class AnyBytesAreAListOrOneErrorFuzzTest {
    @FuzzTest
    void reads(byte[] text) {
        try {
            AllowlistReader.parse(
                    Lists.LIST, text, entry -> assertThat(entry.name()).isNotEmpty());
        } catch (AllowlistException e) {
            assertThat(e.getMessage()).startsWith("allowlist:").doesNotContain("\n");
        }
    }
}
