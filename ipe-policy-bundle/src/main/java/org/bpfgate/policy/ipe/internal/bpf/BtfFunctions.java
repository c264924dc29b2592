package org.bpfgate.policy.ipe.internal.bpf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** The tag of functions that programs may call, {@code __bpf_kfunc} of the kernel. */
    private static final String KFUNC_TAG = "bpf_kfunc";

    private final byte[] strings;
    private final int[] names;
    private final List<Tag> tags;

    /**
     * A tag of a declaration.
     *
     * @param name where its name begins in the strings
     * @param target the id of what it is about
     */
    private record Tag(int name, int target) {}

    private BtfFunctions(byte[] strings, int[] names, List<Tag> tags) {
        this.strings = strings;
        this.names = names;
        this.tags = tags;
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
            List<Tag> tags = new ArrayList<>();
            return new BtfFunctions(strings, names(types, tags), tags);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("BTF data ends too early", e);
        }
    }

    /** Where a section is, relative to the end of the header, and its size stand side by side. */
    private static ByteBuffer section(ByteBuffer in, int header, int at) {
        return in.slice(header + in.getInt(at), in.getInt(at + 4)).order(in.order());
    }

    /** A tag has the type that it is about in the place of its size, and its own name. */
    private static int[] names(ByteBuffer types, List<Tag> tags) {
        int[] names = new int[types.remaining() / 12 + 1];
        int count = 1;
        while (types.hasRemaining()) {
            int name = types.getInt();
            int info = types.getInt();
            int kind = (info >> 24) & 0x1f;
            names[count++] = kind == FUNC ? name : NO_FUNCTION;
            int target = types.getInt();
            if (kind == DECL_TAG) {
                tags.add(new Tag(name, target));
            }
            skip(types, sizeOfRest(kind, info & 0xffff));
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

    /** Returns the names of all functions, and of those that programs may call. */
    FunctionNames names() {
        Set<String> all = new HashSet<>();
        for (int id = 1; id < names.length; id++) {
            String name = nameOf(id);
            if (name != null) {
                all.add(name);
            }
        }
        Set<String> callable = new HashSet<>();
        for (Tag tag : tags) {
            String name = KFUNC_TAG.equals(text(tag.name())) ? nameOf(tag.target()) : null;
            if (name != null) {
                callable.add(name);
            }
        }
        return new FunctionNames(all, callable);
    }

    @Override
    public @Nullable String nameOf(int id) {
        return id <= 0 || id >= names.length || names[id] == NO_FUNCTION ? null : text(names[id]);
    }

    private @Nullable String text(int start) {
        if (start <= 0 || start >= strings.length) {
            return null;
        }
        int end = start;
        while (end < strings.length && strings[end] != 0) {
            end++;
        }
        return new String(strings, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
