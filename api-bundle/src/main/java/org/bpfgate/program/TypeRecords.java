package org.bpfgate.program;

/**
 * The records of a load that refer to its types (BTF). Neither the digest nor a signature covers them.
 *
 * @param functions {@code attr.func_info_cnt}, unsigned
 * @param lines {@code attr.line_info_cnt}, unsigned
 * @param relocations {@code attr.core_relo_cnt}, unsigned: by each of these the kernel changes an instruction when it loads the program
 * @param exceptionCallback whether the types name the function that runs when the program throws ({@code exception_callback:} of a
 *     declaration tag) and the program calls functions of the kernel, of which {@code bpf_throw} is one
 */
public record TypeRecords(int functions, int lines, int relocations, boolean exceptionCallback) {
    /** The load has no such records. */
    public static final TypeRecords NONE = new TypeRecords(0, 0, 0);

    /** Records of types that name no exception callback. */
    public TypeRecords(int functions, int lines, int relocations) {
        this(functions, lines, relocations, false);
    }
}
