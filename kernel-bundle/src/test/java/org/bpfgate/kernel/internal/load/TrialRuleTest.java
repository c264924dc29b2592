package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.AttachTarget.KernelObject;
import org.bpfgate.program.AttachTarget.Kind;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which loads may be tried: the bounds of docs/decisions/0033, each on both sides. */
class TrialRuleTest {
    private static ProgramLoad load(ProgramType type, int instructions) {
        byte[] code = new byte[instructions * 8];
        Arrays.fill(code, (byte) 0x95);
        return ProgramLoad.of(new BpfProgram("", type, Instructions.of(code)));
    }

    private static boolean permits(LoadAttributes attributes) {
        return TrialRule.permits(load(ProgramType.XDP, 2).withAttributes(attributes));
    }

    private static LoadAttributes attributes(int flags, int device, int descriptors, TypeRecords records) {
        return new LoadAttributes("GPL", flags, device, 0, 0, descriptors, AttachTarget.NONE, records);
    }

    private static LoadAttributes attachedTo(Kind kind) {
        AttachTarget target = new AttachTarget(7, Optional.of(new KernelObject(kind, 1, "", "")));
        return new LoadAttributes("GPL", 0, 0, 0, 0, 0, target, TypeRecords.NONE, List.of());
    }

    @ParameterizedTest
    @CsvSource({"1,true", "32,true", "33,false", "1000000,false"})
    void theNumberOfInstructionsIsBounded(int instructions, boolean permitted) {
        assertThat(TrialRule.permits(load(ProgramType.XDP, instructions))).isEqualTo(permitted);
    }

    @Test
    void aTypeThatIsNotKnownIsNotTried() {
        assertThat(TrialRule.permits(load(ProgramType.UNSPEC, 2))).isFalse();
    }

    @Test
    void aSignedLoadIsNotTried() {
        assertThat(TrialRule.permits(load(ProgramType.XDP, 2).withSignature(new byte[1])))
                .isFalse();
    }

    /** Flags that bind the program to something, or run it in another way, are no matter of a trial. */
    @ParameterizedTest
    @EnumSource
    void onlyFlagsThatTheVerifierAloneReadsArePermitted(LoadFlag flag) {
        boolean permitted = switch (flag) {
            case STRICT_ALIGNMENT, ANY_ALIGNMENT, SLEEPABLE, XDP_HAS_FRAGS, TOKEN_FD -> true;
            default -> false;
        };
        assertThat(permits(attributes(flag.mask(), 0, 0, TypeRecords.NONE))).isEqualTo(permitted);
    }

    @Test
    void aFlagThatHasNoNameIsNotPermitted() {
        assertThat(permits(attributes(1 << 30, 0, 0, TypeRecords.NONE))).isFalse();
        assertThat(permits(attributes(Integer.MIN_VALUE, 0, 0, TypeRecords.NONE)))
                .isFalse();
    }

    @Test
    void noDeviceAndNoBoundDescriptorsArePermitted() {
        assertThat(permits(attributes(0, 1, 0, TypeRecords.NONE))).isFalse();
        assertThat(permits(attributes(0, 0, 1, TypeRecords.NONE))).isFalse();
        assertThat(permits(attributes(0, 0, -1, TypeRecords.NONE))).isFalse();
    }

    /** Numbers of records are unsigned. */
    @ParameterizedTest
    @CsvSource({"0,0,0,true", "4,0,0,true", "5,0,0,false", "-1,0,0,false", "0,1,0,false", "0,0,1,false"})
    void aFunctionOrTwoMayHaveTypesAndNothingElse(int functions, int lines, int relocations, boolean permitted) {
        assertThat(permits(attributes(0, 0, 0, new TypeRecords(functions, lines, relocations))))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({"BTF,true", "PROGRAM,false", "OTHER,false"})
    void onlyTheKernelsOwnTypesMayBeTheTarget(Kind kind, boolean permitted) {
        assertThat(permits(attachedTo(kind))).isEqualTo(permitted);
    }
}
