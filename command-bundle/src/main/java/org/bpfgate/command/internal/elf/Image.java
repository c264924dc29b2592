package org.bpfgate.command.internal.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.Opcode;
import org.bpfgate.command.internal.program.RawInstructions;
import org.bpfgate.program.Instructions;

/** The instructions of one program while it is linked. Slots are counted from 0. */
final class Image {
    private final Function program;
    private byte[] bytes = new byte[0];
    private int size;

    Image(Function program) {
        this.program = program;
    }

    /**
     * Appends a function.
     *
     * @return the slot of its first instruction
     * @throws InputException when the program becomes larger than the kernel takes
     */
    int append(Function function) throws InputException {
        int base = size;
        int added = function.code().size();
        if (added > RawInstructions.MAX_SIZE - base) {
            throw program.code().fault("takes more than " + RawInstructions.MAX_INSTRUCTIONS + " instructions");
        }
        size = base + added;
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, Math.min(2 * bytes.length, RawInstructions.MAX_SIZE)));
        }
        function.code().copyTo(bytes, base);
        return base / Instructions.SLOT_SIZE;
    }

    int immediate(int slot) {
        return view().getInt(slot * Instructions.SLOT_SIZE + 4);
    }

    void setImmediate(int slot, int value) {
        view().putInt(slot * Instructions.SLOT_SIZE + 4, value);
    }

    /** Sets the source register, the high half of the second byte on a little-endian machine. */
    void setSource(int slot, int register) {
        int at = slot * Instructions.SLOT_SIZE + 1;
        bytes[at] = (byte) ((bytes[at] & 0x0f) | (register << 4));
    }

    /** Returns the immediate of an instruction of a function, as the object has it. */
    static int immediate(Function function, int instruction) throws InputException {
        return function.code().i32((long) instruction * Instructions.SLOT_SIZE + 4);
    }

    /** A call of a sub-program has no destination register and no offset. */
    static boolean isSubprogramCall(Function function, int instruction) throws InputException {
        long at = (long) instruction * Instructions.SLOT_SIZE;
        return function.code().u8(at) == Opcode.CALL
                && function.code().u8(at + 1) == Opcode.PSEUDO_CALL << 4
                && function.code().u16(at + 2) == 0;
    }

    static boolean isFunctionAddress(Function function, int instruction) throws InputException {
        long at = (long) instruction * Instructions.SLOT_SIZE;
        int source = (function.code().u8(at + 1) & 0xf0) >> 4;
        return function.code().u8(at) == Opcode.LOAD_IMMEDIATE && source == Opcode.PSEUDO_FUNC;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
