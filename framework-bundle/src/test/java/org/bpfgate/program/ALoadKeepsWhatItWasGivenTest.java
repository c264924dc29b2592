package org.bpfgate.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ALoadKeepsWhatItWasGivenTest {
    private static final ProgramLoad PLAIN =
            ProgramLoad.of(new BpfProgram("p", ProgramType.XDP, Instructions.of(new byte[8])));

    @Test
    void aLoadIsNoProbeUnlessSomebodySaysSo() {
        assertThat(PLAIN.probe()).isEmpty();
    }

    @Test
    void whateverElseIsAddedTheProbeStays() {
        ProgramLoad load = PLAIN.withProbe("prog_name")
                .withSignature(new byte[] {1})
                .withKeyring(2)
                .withAttachType(3)
                .withOrigin(LoadOrigin.KERNEL);

        assertThat(load.probe()).contains("prog_name");
        assertThat(load.withProbe("memcg").probe()).contains("memcg");
    }

    @Test
    void aProbeAddsNothingElse() {
        ProgramLoad load = PLAIN.withKeyring(2).withAttachType(3).withProbe("prog_name");

        assertThat(load.keyringId()).isEqualTo(2);
        assertThat(load.attachType()).isEqualTo(3);
        assertThat(load.signature()).isEmpty();
        assertThat(load.client()).isEmpty();
        assertThat(load.program()).isSameAs(PLAIN.program());
    }

    @Test
    void aProbeHasAName() {
        assertThatThrownBy(() -> PLAIN.withProbe("")).isInstanceOf(IllegalArgumentException.class);
    }
}
