package org.bpfgate.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest of a program is the one that the kernel's tag is cut from, and nobody can change what was copied. */
class InstructionsTest {
    private static final String RETURN_0 = "b700000000000000" + "9500000000000000";

    private static Instructions code(String hex) {
        return Instructions.of(HexFormat.of().parseHex(hex));
    }

    private static String digest(String hex) {
        return code(hex).digest().orElseThrow().hex();
    }

    @Test
    void theTagIsTheOneThatLinux618Reports() {
        assertThat(code(RETURN_0).digest().orElseThrow().tag()).isEqualTo("59f4a931744dcdc6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "21"})
    void aMapsFileDescriptorAndOffsetAreLeftOut(String registers) {
        String open = "18" + registers + "000000000000" + "0000000000000000" + RETURN_0;
        String bound = "18" + registers + "000007000000" + "0000000044332211" + RETURN_0;
        assertThat(digest(bound)).isEqualTo(digest(open));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "31", "41", "51", "61"})
    void otherConstantsCount(String registers) {
        String one = "18" + registers + "000000000000" + "0000000000000000" + RETURN_0;
        String other = "18" + registers + "000007000000" + "0000000000000000" + RETURN_0;
        assertThat(digest(other)).isNotEqualTo(digest(one));
    }

    @Test
    void aSecondSlotThatIsNoneKeepsItsImmediate() {
        String one = "1811000000000000" + "b700000001000000" + RETURN_0;
        String other = "1811000000000000" + "b700000002000000" + RETURN_0;
        assertThat(digest(other)).isNotEqualTo(digest(one));
    }

    @Test
    void aLoadCutOffAtTheEndIsNoReasonToFail() {
        assertThat(digest(RETURN_0 + "1811000007000000")).isEqualTo(digest(RETURN_0 + "1811000000000000"));
    }

    @Test
    void pendingInstructionsHaveNoDigest() {
        byte[] bytes = HexFormat.of().parseHex(RETURN_0);
        assertThat(Instructions.unlinked(bytes, RelocationState.PENDING, "CO-RE")
                        .digest())
                .isEmpty();
        assertThat(Instructions.unlinked(bytes, RelocationState.MAP_FDS_PENDING, "maps")
                        .digest())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "95", "95000000000000", "950000000000000000"})
    void sizesThatAreNoInstructionsAreRefused(String hex) {
        assertThatThrownBy(() -> code(hex)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void theCopyIsPrivateInBothDirections(@ForAll byte fill) {
        byte[] mine = new byte[16];
        Instructions instructions = Instructions.of(mine);
        mine[0] = fill;
        instructions.toByteArray()[1] = fill;
        assertThat(instructions.toByteArray()).containsOnly(0);
    }

    /** The source register of a 64-bit immediate load: 1, 2, 5 and 6 name a map; 3 a variable of the kernel, 4 a function. */
    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "2,true", "3,false", "4,false", "5,true", "6,true", "7,false"})
    void instructionsReferToMapsByDescriptorAndByIndex(int source, boolean refers) {
        byte[] code = new byte[24];
        code[0] = 0x18;
        code[1] = (byte) (source << 4 | 1);
        code[16] = (byte) 0x95;
        assertThat(Instructions.of(code).refersToMaps()).isEqualTo(refers);
        code[0] = (byte) 0xb7;
        assertThat(Instructions.of(code).refersToMaps())
                .as("another instruction")
                .isFalse();
    }
}
