package org.bpfgate.kernel.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FdReferencesTest {
    private static final int LD_IMM64 = 0x18;
    private static final int CALL = 0x85;

    private final List<String> found = new ArrayList<>();
    private int kernelCalls;

    private final FdReferences.Visitor notes = new FdReferences.Visitor() {
        @Override
        public void mapFd(int offset, int fd) {
            found.add("mapFd " + offset + " " + fd);
        }

        @Override
        public void btfFd(int offset, int fd) {
            found.add("btfFd " + offset + " " + fd);
        }

        @Override
        public void mapIndex(int index) {
            found.add("mapIndex " + index);
        }

        @Override
        public void kernelCall() {
            kernelCalls++;
        }

        @Override
        public void btfIndex(int index) {
            found.add("btfIndex " + index);
        }
    };

    /** Slots of opcode, registers, offset and constant, as {@code struct bpf_insn} has them. */
    private static ByteBuffer code(int slots) {
        return ByteBuffer.allocate(slots * 8).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer slot(ByteBuffer code, int opcode, int source, int offset, int constant) {
        return code.put((byte) opcode)
                .put((byte) (source << 4 | 1))
                .putShort((short) offset)
                .putInt(constant);
    }

    private List<String> visit(ByteBuffer code) throws SyscallException {
        FdReferences.visit(code, notes);
        return found;
    }

    @ParameterizedTest
    @CsvSource({"1,mapFd 4 7", "2,mapFd 4 7", "3,btfFd 12 9", "5,mapIndex 7", "6,mapIndex 7"})
    void eachKindOfConstantIsTold(int source, String expected) throws Exception {
        ByteBuffer code = slot(slot(code(2), LD_IMM64, source, 0, 7), 0, 0, 0, 9);
        assertThat(visit(code)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "4"})
    void numbersAndFunctionsAreNoDescriptors(int source) throws Exception {
        assertThat(visit(slot(slot(code(2), LD_IMM64, source, 0, 7), 0, 0, 0, 9)))
                .isEmpty();
    }

    @Test
    void aSecondSlotIsNoInstruction() throws Exception {
        ByteBuffer code = slot(slot(slot(code(3), LD_IMM64, 0, 0, 7), LD_IMM64, 1, 0, 8), LD_IMM64, 1, 0, 9);
        assertThat(visit(code)).containsExactly("mapFd 20 9");
    }

    @ParameterizedTest
    @CsvSource({"2,3,true", "2,0,false", "2,-1,false", "0,3,false", "1,3,false"})
    void aKernelFunctionOfAModuleNamesItsBtf(int source, int offset, boolean isTold) throws Exception {
        assertThat(visit(slot(code(1), CALL, source, offset, 7))).isEqualTo(isTold ? List.of("btfIndex 3") : List.of());
        assertThat(kernelCalls).isEqualTo(source == 2 ? 1 : 0);
    }

    @Test
    void aLoadThatIsCutOffNamesNoBtf() throws Exception {
        assertThat(visit(slot(code(1), LD_IMM64, 3, 0, 7))).isEmpty();
    }
}
