package org.bpfgate.command.internal.elf;

/**
 * One section of an ELF object.
 *
 * @param index its place in the section table
 * @param name its name; empty for the kinds that no BPF loader looks at
 * @param type {@code sh_type}
 * @param executable whether it holds instructions ({@code SHF_EXECINSTR})
 * @param info {@code sh_info}; for relocations the index of the section that they apply to
 * @param contents its bytes; none when it takes no room in the file
 */
record Section(int index, String name, int type, boolean executable, int info, Region contents) {
    /** The section of functions that belong to no program of their own. */
    static final String TEXT = ".text";

    /** Whether libbpf looks for functions in it. */
    boolean holdsCode() {
        return type == ElfLayout.PROGBITS && executable && contents.size() > 0;
    }

    /** Whether its functions are sub-programs: {@code .text}, or one of the sections that compilers make of parts of it. */
    boolean isText() {
        return isOrExtends(TEXT);
    }

    /** Whether symbols in it are maps: {@code .maps}, or {@code maps} of older objects. */
    boolean holdsMaps() {
        return type == ElfLayout.PROGBITS && (name.equals(".maps") || name.equals("maps"));
    }

    /** Whether libbpf makes a map of it, whose value holds the variables of the program. */
    boolean holdsVariables() {
        if (type == ElfLayout.NOBITS) {
            return isOrExtends(".bss");
        }
        return type == ElfLayout.PROGBITS && (isOrExtends(".data") || isOrExtends(".rodata"));
    }

    private boolean isOrExtends(String kind) {
        return name.startsWith(kind) && (name.length() == kind.length() || name.charAt(kind.length()) == '.');
    }
}
