package org.bpfgate.command.internal.elf;

import org.bpfgate.command.internal.io.InputException;

/**
 * Checks the header and the section table of an ELF file before the ELF library may see it. The library trusts sizes: it
 * allocates what a section claims. After this check no size exceeds the file, and all of them together do not either.
 * Offsets are those of {@code Elf64_Ehdr} and {@code Elf64_Shdr} in {@code include/uapi/linux/elf.h}.
 */
final class ElfLayout {
    static final int PROGBITS = 1;
    static final int SYMTAB = 2;
    static final int STRTAB = 3;
    static final int NOBITS = 8;
    static final int REL = 9;

    private static final int EHDR_SIZE = 64;
    private static final int SHDR_SIZE = 64;
    private static final int SYM_SIZE = 24;
    private static final int REL_SIZE = 16;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int TYPE_RELOCATABLE = 1;

    /** {@code EM_BPF} of {@code include/uapi/linux/elf-em.h}. */
    private static final int MACHINE_BPF = 247;

    /** Above it the library takes the number of sections for a negative one; compilers stay far below. */
    private static final int MAX_SECTIONS = Short.MAX_VALUE;

    private final Region file;
    private long contents;
    private int symbolTables;

    private ElfLayout(Region file) {
        this.file = file;
    }

    /**
     * Checks the file.
     *
     * @throws InputException when it is not a relocatable 64-bit little-endian BPF object with a sound section table
     */
    static void check(Region file) throws InputException {
        ElfLayout layout = new ElfLayout(file);
        layout.checkHeader();
        layout.checkSections();
    }

    /** Returns the type of a section, {@code sh_type}. */
    static int sectionType(Region file, int index) throws InputException {
        return file.i32(header(file, index) + 4);
    }

    private void checkHeader() throws InputException {
        if (file.size() < EHDR_SIZE) {
            throw file.fault("is cut off in its header");
        }
        expectBpf(file.u8(4) == CLASS_64, "is not a 64-bit one, as BPF objects are");
        expectBpf(file.u8(5) == LITTLE_ENDIAN, "is big-endian; only little-endian BPF objects are read");
        expect(file.u8(6) == 1 && file.i32(20) == 1, "has an unknown ELF version");
        expectBpf(
                file.u16(18) == MACHINE_BPF, "is for machine " + file.u16(18) + ", not for BPF (" + MACHINE_BPF + ")");
        expect(file.u16(16) == TYPE_RELOCATABLE, "is not a relocatable object");
        expect(file.u16(56) == 0, "has program headers, which a relocatable object does not have");
    }

    private void checkSections() throws InputException {
        int count = file.u16(60);
        expect(count > 0, "has no section table");
        expect(count <= MAX_SECTIONS, "has " + count + " sections, more than " + MAX_SECTIONS);
        expect(file.u16(58) == SHDR_SIZE, "has section headers of " + file.u16(58) + " bytes, not " + SHDR_SIZE);
        file.slice("the section table", file.i64(40), (long) count * SHDR_SIZE);
        expect(file.u16(62) < count, "names a section for names that it does not have");
        for (int i = 0; i < count; i++) {
            checkSection(i);
        }
        expect(symbolTables == 1, "has " + symbolTables + " symbol tables, not one");
    }

    private void checkSection(int index) throws InputException {
        long at = header(file, index);
        int type = sectionType(file, index);
        if (type == 0 || type == NOBITS) {
            return;
        }
        long size = file.i64(at + 32);
        file.slice("section " + index, file.i64(at + 24), size);
        contents += size;
        // Overlapping sections would let a small file describe any amount of work.
        expect(contents <= file.size(), "has sections that overlap");
        if (type == SYMTAB) {
            symbolTables++;
            checkEntries(index, SYM_SIZE);
        } else if (type == REL) {
            checkEntries(index, REL_SIZE);
        }
    }

    private void checkEntries(int index, int entrySize) throws InputException {
        long at = header(file, index);
        expect(
                file.i64(at + 56) == entrySize && file.i64(at + 32) % entrySize == 0,
                "has entries in section " + index + " that are not of " + entrySize + " bytes");
    }

    private void expectBpf(boolean holds, String otherwise) throws InputException {
        if (!holds) {
            throw file.fault(otherwise).ofOtherFile();
        }
    }

    private void expect(boolean holds, String otherwise) throws InputException {
        if (!holds) {
            throw file.fault(otherwise);
        }
    }

    private static long header(Region file, int index) throws InputException {
        return file.i64(40) + (long) index * SHDR_SIZE;
    }
}
