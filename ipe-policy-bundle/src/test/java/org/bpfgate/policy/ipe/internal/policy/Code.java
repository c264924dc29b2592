package org.bpfgate.policy.ipe.internal.policy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfgate.program.Instructions;

/** Programs of one call and an exit. */
public final class Code {
    private Code() {}

    /** A program that calls a helper by its number. */
    public static byte[] callHelper(int number) {
        return call(0, 0, number);
    }

    /** A program with a call of any kind. */
    public static byte[] call(int source, int offset, int target) {
        ByteBuffer code = ByteBuffer.allocate(2 * Instructions.SLOT_SIZE).order(ByteOrder.nativeOrder());
        code.put((byte) 0x85).put((byte) (source << 4)).putShort((short) offset).putInt(target);
        code.put((byte) 0x95);
        return code.array();
    }
}
