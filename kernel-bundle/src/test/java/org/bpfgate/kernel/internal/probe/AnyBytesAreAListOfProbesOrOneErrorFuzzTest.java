package org.bpfgate.kernel.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class AnyBytesAreAListOfProbesOrOneErrorFuzzTest {
    @FuzzTest
    void read(byte[] bytes) {
        try {
            assertThat(FeatureProbes.read("list", bytes).version()).isNotEmpty();
        } catch (FeatureProbeException e) {
            assertThat(e.getMessage()).startsWith("list:").doesNotContain("\n");
        }
    }
}
