package org.bpfgate.command.read.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Breaks one field at a time in a copy of a good object. Offsets are those of the structures in linux/elf.h. */
final class ElfPatch {
    static final int SH_TYPE = 4;
    static final int SH_OFFSET = 24;
    static final int SH_SIZE = 32;
    static final int SH_LINK = 40;
    static final int SH_INFO = 44;
    static final int SH_ENTSIZE = 56;
    static final int ST_NAME = 0;
    static final int ST_INFO = 4;
    static final int ST_SHNDX = 6;
    static final int ST_VALUE = 8;
    static final int ST_SIZE = 16;
    static final int R_OFFSET = 0;
    static final int R_SYMBOL = 12;

    private static final int SYMTAB = 2;

    private final ByteBuffer bytes;

    ElfPatch(String sample) {
        bytes = ByteBuffer.wrap(Sample.bytes(sample)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts a number into the file header; its type gives the width. */
    ElfPatch header(int field, Number value) {
        return put(field, value);
    }

    /** Puts a number into a section header. */
    ElfPatch section(int index, int field, Number value) {
        return put(sectionHeader(index) + field, value);
    }

    /** Puts a number into a symbol. */
    ElfPatch symbol(int index, int field, Number value) {
        return put(symbol(index) + field, value);
    }

    /** Copies a 32-bit field of one symbol to another. */
    ElfPatch copySymbol(int from, int to, int field) {
        return put(symbol(to) + field, bytes.getInt(symbol(from) + field));
    }

    /** Puts a number into the contents of a section. */
    ElfPatch contents(int index, int at, Number value) {
        return put(contents(index) + at, value);
    }

    byte[] bytes() {
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
