package org.bpfgate.kernel.internal.object;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of all types in BTF data, and of the members of structures, as the kernel's document {@code Documentation/bpf/btf.rst} describes it: a header, the types, whose ids
 * count from 1 or on from another BTF, and the strings, whose offsets do the same. Immutable.
 */
final class TypeNames {
    /** No types at all: what the kernel's own count on from. */
    static final TypeNames NONE = new TypeNames(null, ByteBuffer.allocate(0), new byte[0], new int[] {0});

    private static final short MAGIC = (short) 0xeb9f;

    /** Bytes of the three numbers that each type begins with. */
    private static final int TYPE_SIZE = 12;

    /** Bytes that follow a type of each kind, apart from those per member. */
    private static final int[] FIXED = {0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0};

    /** Bytes that follow a type of each kind for each of its members. */
    private static final int[] PER_MEMBER = {0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12};

    /** {@code BTF_KIND_STRUCT}. */
    private static final int STRUCT = 4;

    private final @Nullable TypeNames base;
    private final ByteBuffer types;
    private final byte[] strings;

    /** Where each type begins; the first one stands for the type that ends the base, which is void where there is none. */
    private final int[] places;

    private TypeNames(@Nullable TypeNames base, ByteBuffer types, byte[] strings, int[] places) {
        this.base = base;
        this.types = types;
        this.strings = strings;
        this.places = places;
    }

    /**
     * Reads BTF data.
     *
     * @param base what the ids and offsets count on from
     * @throws IllegalArgumentException when it is not whole, or of a kind that is not known here
     */
    static TypeNames of(byte[] data, TypeNames base) {
        try {
            ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
            if (in.getShort(0) != MAGIC) {
                throw new IllegalArgumentException("not BTF of this machine's byte order");
            }
            ByteBuffer texts = section(in, 16);
            byte[] strings = new byte[texts.remaining()];
            texts.get(strings);
            ByteBuffer types = section(in, 8);
            return new TypeNames(base, types, strings, places(types));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("BTF data ends too early", e);
        }
    }

    /** Where a section is, relative to the end of the header, and its size stand side by side. */
    private static ByteBuffer section(ByteBuffer in, int at) {
        return in.slice(in.getInt(4) + in.getInt(at), in.getInt(at + 4)).order(in.order());
    }

    private static int[] places(ByteBuffer types) {
        int[] places = new int[types.remaining() / TYPE_SIZE + 1];
        int count = 1;
        int at = 0;
        while (at < types.limit()) {
            int info = types.getInt(at + 4);
            int kind = kind(info);
            if (kind == 0 || kind >= FIXED.length) {
                throw new IllegalArgumentException("BTF has a type of the kind " + kind);
            }
            places[count++] = at;
            at += TYPE_SIZE + FIXED[kind] + members(info) * PER_MEMBER[kind];
        }
        if (at > types.limit()) {
            throw new IllegalArgumentException("the last type of the BTF is not whole");
        }
        return Arrays.copyOf(places, count);
    }

    private static int kind(int info) {
        return (info >>> 24) & 0x1f;
    }

    private static int members(int info) {
        return info & 0xffff;
    }

    /** Returns the id behind the last type. */
    int end() {
        return start() + places.length;
    }

    /** Returns the id of the first entry of the places. */
    private int start() {
        return base == null ? 0 : base.end() - 1;
    }

    private int firstString() {
        return base == null ? 0 : base.firstString() + base.strings.length;
    }

    /** Returns the name of a type; empty when it has none, or there is no such type. */
    Optional<String> nameOf(int id) {
        if (base != null && id < base.end()) {
            return base.nameOf(id);
        }
        int place = id - start();
        return place > 0 && place < places.length ? text(types.getInt(places[place])) : Optional.empty();
    }

    /** Returns the name of a member of a structure; empty when it has none, or there is no such structure or member. */
    Optional<String> memberOf(int id, int index) {
        if (base != null && id < base.end()) {
            return base.memberOf(id, index);
        }
        int place = id - start();
        if (place <= 0 || place >= places.length) {
            return Optional.empty();
        }
        int info = types.getInt(places[place] + 4);
        boolean isMember = kind(info) == STRUCT && index >= 0 && index < members(info);
        return isMember ? text(types.getInt(places[place] + TYPE_SIZE + index * PER_MEMBER[STRUCT])) : Optional.empty();
    }

    private Optional<String> text(int offset) {
        if (base != null && offset >= 0 && offset < firstString()) {
            return base.text(offset);
        }
        int start = offset - firstString();
        int end = start;
        while (end >= 0 && end < strings.length && strings[end] != 0) {
            end++;
        }
        return start < 0 || end <= start
                ? Optional.empty()
                : Optional.of(new String(strings, start, end - start, StandardCharsets.ISO_8859_1));
    }
}
