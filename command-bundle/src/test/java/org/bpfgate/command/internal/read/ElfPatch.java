package org.bpfgate.command.internal.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Breaks one field at a time in a copy of a good object. Offsets are those of the structures in linux/elf.h. */
public final class ElfPatch {
    public static final int SH_TYPE = 4;
    public static final int SH_OFFSET = 24;
    public static final int SH_SIZE = 32;
    public static final int SH_LINK = 40;
    public static final int SH_INFO = 44;
    public static final int SH_ENTSIZE = 56;
    public static final int ST_NAME = 0;
    public static final int ST_INFO = 4;
    public static final int ST_SHNDX = 6;
    public static final int ST_VALUE = 8;
    public static final int ST_SIZE = 16;
    public static final int R_OFFSET = 0;
    public static final int R_SYMBOL = 12;

    private static final int SYMTAB = 2;

    private final ByteBuffer bytes;

    public ElfPatch(String sample) {
        bytes = ByteBuffer.wrap(Sample.bytes(sample)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts a number into the file header; its type gives the width. */
    public ElfPatch header(int field, Number value) {
        return put(field, value);
    }

    /** Puts a number into a section header. */
    public ElfPatch section(int index, int field, Number value) {
        return put(sectionHeader(index) + field, value);
    }

    /** Puts a number into a symbol. */
    public ElfPatch symbol(int index, int field, Number value) {
        return put(symbol(index) + field, value);
    }

    /** Copies a 32-bit field of one symbol to another. */
    public ElfPatch copySymbol(int from, int to, int field) {
        return put(symbol(to) + field, bytes.getInt(symbol(from) + field));
    }

    /** Puts a number into the contents of a section. */
    public ElfPatch contents(int index, int at, Number value) {
        return put(contents(index) + at, value);
    }

    public byte[] bytes() {
        return bytes.array();
    }

    private int symbol(int index) {
        int section = 0;
        while (bytes.getInt(sectionHeader(section) + SH_TYPE) != SYMTAB) {
            section++;
        }
        return contents(section) + index * 24;
    }

    private int sectionHeader(int index) {
        return (int) bytes.getLong(40) + index * 64;
    }

    private int contents(int index) {
        return (int) bytes.getLong(sectionHeader(index) + SH_OFFSET);
    }

    private ElfPatch put(int at, Number value) {
        switch (value) {
            case Byte b -> bytes.put(at, b);
            case Short s -> bytes.putShort(at, s);
            case Integer i -> bytes.putInt(at, i);
            default -> bytes.putLong(at, value.longValue());
        }
        return this;
    }
}
