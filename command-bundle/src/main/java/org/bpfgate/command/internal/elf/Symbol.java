package org.bpfgate.command.internal.elf;

import net.fornwall.jelf.ElfSymbol;
import org.bpfgate.command.internal.io.InputException;

/** One entry of the symbol table. Its name is looked up when it is asked for. */
final class Symbol {
    private static final int SHN_UNDEF = 0;

    /** {@code SHN_LORESERVE}: from here on a section index is a special value. */
    private static final int SHN_LORESERVE = 0xff00;

    private final ElfSymbol entry;
    private final Region names;

    Symbol(ElfSymbol entry, Region names) {
        this.entry = entry;
        this.names = names;
    }

    String name() throws InputException {
        return names.text(entry.st_name & 0xffff_ffffL);
    }

    /** Returns the index of the section that it is in; meaningless unless {@link #isInSection()}. */
    int section() {
        return entry.st_shndx & 0xffff;
    }

    boolean isInSection() {
        return section() != SHN_UNDEF && section() < SHN_LORESERVE;
    }

    boolean isUndefined() {
        return section() == SHN_UNDEF;
    }

    boolean isFunction() {
        return entry.getType() == ElfSymbol.STT_FUNC;
    }

    /** Whether it stands for the section itself, as it does in references to static functions. */
    boolean isSection() {
        return entry.getType() == ElfSymbol.STT_SECTION;
    }

    boolean isLocal() {
        return entry.getBinding() == ElfSymbol.BINDING_LOCAL;
    }

    /** Returns its offset in its section, in bytes. */
    long value() {
        return entry.st_value;
    }

    /** Returns its size in bytes. */
    long size() {
        return entry.st_size;
    }
}
