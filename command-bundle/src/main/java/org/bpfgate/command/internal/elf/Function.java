package org.bpfgate.command.internal.elf;

import org.bpfgate.program.Instructions;

/**
 * One function of an object, which is an entry program or a sub-program of some.
 *
 * @param name the name of its symbol
 * @param section the section that it is in
 * @param start its first instruction, counted from the start of the section
 * @param code its instructions, before any relocation
 */
record Function(String name, Section section, int start, Region code) {
    /** Returns the number of instruction slots. */
    int count() {
        return code.size() / Instructions.SLOT_SIZE;
    }

    /** Returns the first instruction behind it, counted from the start of the section. */
    int end() {
        return start + count();
    }

    /** Whether these are the same instructions, under two names. */
    boolean isSamePlaceAs(Function other) {
        return section.index() == other.section.index() && start == other.start && count() == other.count();
    }

    boolean contains(int sectionIndex, long instruction) {
        return section.index() == sectionIndex && instruction >= start && instruction < end();
    }
}
