package org.bpfgate.command.internal.elf;

/** What the operand of one instruction refers to, as a relocation of the object tells. */
sealed interface Reference {
    /**
     * A call of a sub-program.
     *
     * @param section the index of the section that the symbol is in
     * @param symbolOffset where the symbol is in it, in bytes
     */
    record Call(int section, long symbolOffset) implements Reference {}

    /**
     * The address of a sub-program, for a callback.
     *
     * @param section the index of the section that the symbol is in
     * @param symbolOffset where the symbol is in it, in bytes
     */
    record FunctionAddress(int section, long symbolOffset) implements Reference {}

    /** A map. */
    record MapDescriptor() implements Reference {}

    /**
     * A variable, which is inside the value of a map.
     *
     * @param symbolOffset where the symbol is in its section, in bytes
     */
    record MapValue(long symbolOffset) implements Reference {}

    /** A setting of the kernel's configuration, which the loader puts into the value of a map. */
    record KernelSetting() implements Reference {}

    /**
     * A variable or function of the kernel.
     *
     * @param symbol its undefined symbol
     */
    record KernelSymbol(Symbol symbol) implements Reference {}
}
