package org.bpfgate.command.read.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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

    /** A call of a sub-program has no destination register and no offset. */
    boolean isSubprogramCall(int slot) {
        int at = slot * Instructions.SLOT_SIZE;
        return code(slot) == Opcode.CALL
                && (bytes[at + 1] & 0xff) == Opcode.PSEUDO_CALL << 4
                && bytes[at + 2] == 0
                && bytes[at + 3] == 0;
    }

    boolean isFunctionAddress(int slot) {
        int source = (bytes[slot * Instructions.SLOT_SIZE + 1] & 0xf0) >> 4;
        return code(slot) == Opcode.LOAD_IMMEDIATE && source == Opcode.PSEUDO_FUNC;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private int code(int slot) {
        return bytes[slot * Instructions.SLOT_SIZE] & 0xff;
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
