package org.bpfgate.command.internal.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.program.Instructions;

/** The helper functions that a program calls, by their numbers in {@code include/uapi/linux/bpf.h}. */
public final class Helpers {
    private Helpers() {}

    /** Returns the numbers in their order, separated by commas; {@code none} when there is none. */
    public static String of(Instructions instructions) {
        Set<Integer> numbers = numbers(instructions);
        return numbers.isEmpty() ? "none" : text(numbers);
    }

    /** Returns whether one of them has this number. */
    public static boolean contain(Instructions instructions, int number) {
        return numbers(instructions).contains(number);
    }

    private static Set<Integer> numbers(Instructions instructions) {
        ByteBuffer code = instructions.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
        Set<Integer> numbers = new TreeSet<>();
        for (int at = 0; at < code.limit(); at += Instructions.SLOT_SIZE) {
            int opcode = code.get(at) & 0xff;
            if (opcode == Opcode.LOAD_IMMEDIATE) {
                at += Instructions.SLOT_SIZE;
            } else if (opcode == Opcode.CALL && code.get(at + 1) >> 4 == 0) {
                numbers.add(code.getInt(at + 4));
            }
        }
        return numbers;
    }

    private static String text(Set<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            text.append(text.isEmpty() ? "" : ",").append(number);
        }
        return text.toString();
    }
}
