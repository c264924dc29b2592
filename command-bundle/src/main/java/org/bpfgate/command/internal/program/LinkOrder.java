package org.bpfgate.command.internal.program;

/** In which order a loader puts the sub-programs behind a program. */
public enum LinkOrder {
    /**
     * libbpf ({@code bpf_object__reloc_code}), and aya after it: each sub-program is appended at the moment when the first reference to it is
     * met, before the rest of the function that refers to it is looked at.
     */
    FIRST_REFERENCE,

    /**
     * cilium/ebpf since 0.9 ({@code flattenInstructions} of {@code linker.go}): those that the program refers to, in the order of
     * their names; then for each of these those that it refers to, and so on.
     */
    BY_NAME
}
