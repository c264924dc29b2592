package org.bpfgate.policy.ipe.eval.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The functions in BTF data, as the kernel's document {@code Documentation/bpf/btf.rst} describes it: a header, the types,
 * whose ids count from 1, and the strings. Immutable.
 */
final class BtfFunctions implements KernelFunctions {
    private static final short MAGIC = (short) 0xeb9f;
    private static final int INT = 1;
    private static final int ARRAY = 3;
    private static final int STRUCT = 4;
    private static final int UNION = 5;
    private static final int ENUM = 6;
    private static final int FUNC = 12;
    private static final int FUNC_PROTO = 13;
    private static final int VAR = 14;
    private static final int DATASEC = 15;
    private static final int DECL_TAG = 17;
    private static final int ENUM64 = 19;
    private static final int LAST_KIND = ENUM64;

    /** No name begins there: offset 0 is the empty string. */
    private static final int NO_FUNCTION = 0;

    private final byte[] strings;
    private final int[] names;

    private BtfFunctions(byte[] strings, int[] names) {
        this.strings = strings;
        this.names = names;
    }

    /**
     * Reads BTF data.
     *
     * @throws IllegalArgumentException when it is not whole, or of a kind that is not known here
     */
    static BtfFunctions of(byte[] data) {
        try {
            ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
            if (in.getShort() != MAGIC) {
                throw new IllegalArgumentException("not BTF of this machine's byte order");
            }
            int header = in.getInt(4);
            ByteBuffer types = section(in, header, 8);
            ByteBuffer texts = section(in, header, 16);
            byte[] strings = new byte[texts.remaining()];
            texts.get(strings);
            return new BtfFunctions(strings, names(types));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("BTF data ends too early", e);
        }
    }

    /** Where a section is, relative to the end of the header, and its size stand side by side. */
    private static ByteBuffer section(ByteBuffer in, int header, int at) {
        return in.slice(header + in.getInt(at), in.getInt(at + 4)).order(in.order());
    }

    private static int[] names(ByteBuffer types) {
        int[] names = new int[types.remaining() / 12 + 1];
        int count = 1;
        while (types.hasRemaining()) {
            int name = types.getInt();
            int info = types.getInt();
            int kind = (info >> 24) & 0x1f;
            names[count++] = kind == FUNC ? name : NO_FUNCTION;
            skip(types, 4 + sizeOfRest(kind, info & 0xffff));
        }
        return Arrays.copyOf(names, count);
    }

    private static void skip(ByteBuffer types, int size) {
        if (size > types.remaining()) {
            throw new BufferUnderflowException();
        }
        types.position(types.position() + size);
    }

    private static int sizeOfRest(int kind, int members) {
        if (kind == 0 || kind > LAST_KIND) {
            throw new IllegalArgumentException("BTF has a type of the kind " + kind);
        }
        return switch (kind) {
            case INT, VAR, DECL_TAG -> 4;
            case ARRAY -> 12;
            case STRUCT, UNION, DATASEC, ENUM64 -> 12 * members;
            case ENUM, FUNC_PROTO -> 8 * members;
            default -> 0;
        };
    }

    @Override
    public @Nullable String nameOf(int id) {
        if (id <= 0 || id >= names.length || names[id] <= NO_FUNCTION || names[id] >= strings.length) {
            return null;
        }
        int end = names[id];
        while (end < strings.length && strings[end] != 0) {
            end++;
        }
        return new String(strings, names[id], end - names[id], StandardCharsets.ISO_8859_1);
    }
}
