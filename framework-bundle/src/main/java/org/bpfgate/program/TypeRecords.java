package org.bpfgate.program;

/**
 * The records of a load that refer to its types (BTF). Neither the digest nor a signature covers them.
 *
 * @param functions {@code attr.func_info_cnt}, unsigned
 * @param lines {@code attr.line_info_cnt}, unsigned
 * @param relocations {@code attr.core_relo_cnt}, unsigned: by each of these the kernel changes an instruction when it loads the program
 */
public record TypeRecords(int functions, int lines, int relocations) {
    /** The load has no such records. */
    public static final TypeRecords NONE = new TypeRecords(0, 0, 0);
}
