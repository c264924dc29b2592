package org.bpfgate.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
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
    void whateverElseIsAddedTheAttributesStay() {
        LoadAttributes attributes = new LoadAttributes(
                "GPL",
                16,
                2,
                3,
                4,
                5,
                new AttachTarget(6, Optional.empty()),
                new TypeRecords(7, 8, 0, false),
                List.of());
        ProgramLoad load = PLAIN.withAttributes(attributes)
                .withSignature(new byte[] {1})
                .withKeyring(2)
                .withAttachType(3)
                .withOrigin(LoadOrigin.KERNEL)
                .withProbe("memcg");

        assertThat(PLAIN.attributes()).isEqualTo(LoadAttributes.NONE);
        assertThat(load.attributes()).isSameAs(attributes);
        assertThat(attributes.flagSet()).containsExactly(LoadFlag.SLEEPABLE);
        assertThat(attributes.attachTarget().isNamed()).isTrue();
    }

    @Test
    void theKernelRewritesByRelocationsAndByOneFlag() {
        assertThat(LoadAttributes.NONE.evasion()).isEmpty();
        assertThat(attributes(LoadFlag.TEST_RND_HI32.mask(), 0).evasion())
                .hasValueSatisfying(reason -> assertThat(reason).contains("BPF_F_TEST_RND_HI32"));
        assertThat(attributes(0, -1).evasion())
                .hasValueSatisfying(reason -> assertThat(reason).contains("4294967295 CO-RE"));
        for (LoadFlag flag : LoadFlag.values()) {
            assertThat(attributes(flag.mask(), 0).evasion().isPresent()).isEqualTo(flag == LoadFlag.TEST_RND_HI32);
        }
    }

    @Test
    void anExceptionCallbackIsAnEvasionToo() {
        TypeRecords records = new TypeRecords(1, 0, 0, true);
        assertThat(new LoadAttributes("", 0, 0, 0, 0, 0, AttachTarget.NONE, records).evasion())
                .hasValueSatisfying(reason -> assertThat(reason).contains("exception callback"));
    }

    private static LoadAttributes attributes(int flags, int relocations) {
        return new LoadAttributes("", flags, 0, 0, 0, 0, AttachTarget.NONE, new TypeRecords(0, 0, relocations));
    }

    @Test
    void everyBitIsAFlagOrUnknown() {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int mask = 1 << bit;
            boolean known = !LoadFlag.in(mask).isEmpty();
            assertThat(LoadFlag.unknownBits(mask)).as("bit " + bit).isEqualTo(known ? 0 : mask);
            assertThat(known).as("bit " + bit).isEqualTo(bit < 8 || bit == 16);
        }
    }

    @Test
    void aProbeHasAName() {
        assertThatThrownBy(() -> PLAIN.withProbe("")).isInstanceOf(IllegalArgumentException.class);
    }
}
