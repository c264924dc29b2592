package org.bpfgate.command.internal.elf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfRelocation;
import net.fornwall.jelf.ElfRelocationSection;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;

/** A BPF object file: its sections and symbols. The only class that calls the ELF library. */
final class ElfObject {
    /** {@code obj->license} of libbpf has 64 bytes, the last of which is zero. */
    private static final int MAX_LICENSE = 63;

    private final Region file;
    private final ElfFile elf;
    private final List<Section> sections;
    private final ElfSymbol[] symbols;
    private final Region symbolNames;

    private ElfObject(Region file, ElfFile elf) throws InputException {
        this.file = file;
        this.elf = elf;
        this.sections = readSections();
        ElfSymbolTableSection table = symbolTable();
        this.symbols = table.symbols;
        this.symbolNames = stringTable(table.header.sh_link, "the symbol table");
    }

    /**
     * Reads the tables of an object.
     *
     * @param path the file, for errors
     * @param bytes its contents; not copied
     * @throws InputException when it is not a sound BPF object
     */
    static ElfObject parse(Path path, byte[] bytes) throws InputException {
        Region file = Region.of(path, "the ELF file", bytes);
        ElfLayout.check(file);
        try {
            return new ElfObject(file, ElfFile.from(bytes));
        } catch (RuntimeException e) {
            // The library answers some inconsistencies with whatever exception they run into.
            throw file.fault("is inconsistent: " + e.getMessage());
        }
    }

    List<Section> sections() {
        return sections;
    }

    /** Returns the text of the section {@code license}, cut as libbpf cuts it; empty when there is none. */
    Optional<String> license() throws InputException {
        Section section = sectionNamed("license");
        if (section == null) {
            return Optional.empty();
        }
        Region text = section.contents();
        StringBuilder license = new StringBuilder();
        for (int i = 0; i < Math.min(text.size(), MAX_LICENSE) && text.u8(i) != 0; i++) {
            license.append((char) text.u8(i));
        }
        return Optional.of(license.toString());
    }

    /** Returns the first section of that name that holds data, or null. */
    @Nullable
    Section sectionNamed(String name) {
        for (Section section : sections) {
            if (section.type() == ElfLayout.PROGBITS && section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    int symbolCount() {
        return symbols.length;
    }

    /**
     * Returns a symbol by its index.
     *
     * @throws InputException when there is no such symbol, or it is in a section that does not exist
     */
    Symbol symbol(int index) throws InputException {
        if (index < 0 || index >= symbols.length) {
            throw file.fault("refers to symbol " + Integer.toUnsignedString(index) + " of " + symbols.length);
        }
        Symbol symbol = new Symbol(symbols[index], symbolNames);
        if (symbol.isInSection() && symbol.section() >= sections.size()) {
            throw file.fault("has symbol " + index + " in section " + symbol.section() + " of " + sections.size());
        }
        return symbol;
    }

    /** Returns the entries of a section of relocations. */
    ElfRelocation[] relocations(Section section) throws InputException {
        if (elf.getSection(section.index()) instanceof ElfRelocationSection table) {
            return table.relocations;
        }
        throw section.contents().fault("does not hold relocations");
    }

    /** Makes the error for an object that holds nothing to read; the words follow "the ELF file". */
    InputException noProgram(String what) {
        return file.fault(what).ofOtherFile();
    }

    /** Makes the error for something wrong with the object; the words follow "the ELF file". */
    InputException fault(String what) {
        return file.fault(what);
    }

    private List<Section> readSections() throws InputException {
        Region names = stringTable(elf.e_shstrndx, "the file header");
        List<Section> found = new ArrayList<>(elf.e_shnum);
        for (int i = 0; i < elf.e_shnum; i++) {
            found.add(readSection(i, names));
        }
        return found;
    }

    /** Sections of other types mean nothing to a BPF loader, and the library would interpret some of them at once. */
    private Section readSection(int index, Region names) throws InputException {
        int type = ElfLayout.sectionType(file, index);
        return switch (type) {
            case ElfLayout.PROGBITS, ElfLayout.NOBITS, ElfLayout.REL, ElfLayout.SYMTAB, ElfLayout.STRTAB ->
                section(index, elf.getSection(index).header, names);
            default -> new Section(index, "", type, false, 0, file.slice("section " + index, 0, 0));
        };
    }

    private Section section(int index, ElfSectionHeader header, Region names) throws InputException {
        String name = names.text(header.sh_name & 0xffff_ffffL);
        boolean inFile = header.sh_type != ElfLayout.NOBITS;
        boolean executable = (header.sh_flags & ElfSectionHeader.FLAG_EXEC_INSTR) != 0;
        Region contents = file.slice("section " + name, inFile ? header.sh_offset : 0, inFile ? header.sh_size : 0);
        return new Section(index, name, header.sh_type, executable, header.sh_info, contents);
    }

    private ElfSymbolTableSection symbolTable() throws InputException {
        for (Section section : sections) {
            if (section.type() == ElfLayout.SYMTAB
                    && elf.getSection(section.index()) instanceof ElfSymbolTableSection table) {
                return table;
            }
        }
        throw file.fault("has no symbol table");
    }

    private Region stringTable(int index, String user) throws InputException {
        if (index <= 0 || index >= elf.e_shnum || ElfLayout.sectionType(file, index) != ElfLayout.STRTAB) {
            throw file.fault("has no string table for " + user);
        }
        ElfSection section = elf.getSection(index);
        return file.slice("the string table of " + user, section.header.sh_offset, section.header.sh_size);
    }
}
