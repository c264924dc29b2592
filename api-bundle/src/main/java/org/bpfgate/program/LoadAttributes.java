package org.bpfgate.program;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.program.AttachTarget.KernelObject;

/**
 * The fields of a load's attributes that neither the digest nor a signature covers, as the client gave them. For each field
 * {@code docs/load-attributes.md} says what it can change and what the gate does about it. Numbers are the kernel's, unsigned where the
 * kernel's are.
 *
 * @param license the licence, at most 127 bytes; which helpers the verifier accepts depends on it
 * @param flags {@code attr.prog_flags}, bits of {@link LoadFlag}
 * @param interfaceIndex {@code attr.prog_ifindex}: the network device that the program is made for; 0 for none
 * @param kernelVersion {@code attr.kern_version}, which kernels since 5.0 do not use
 * @param logLevel {@code attr.log_level}
 * @param boundDescriptors {@code attr.fd_array_cnt}: how many entries of {@code fd_array} are bound to the program
 * @param attachTarget where the program is to run
 * @param records the records that refer to types
 * @param kernelTypes the types of kernel modules that the instructions refer to by descriptors or by places in {@code fd_array}: they
 *     decide which function of the kernel a call reaches, and which variable a load reads
 */
public record LoadAttributes(
        String license,
        int flags,
        int interfaceIndex,
        int kernelVersion,
        int logLevel,
        int boundDescriptors,
        AttachTarget attachTarget,
        TypeRecords records,
        List<KernelObject> kernelTypes) {
    /** What a zeroed attribute structure says. */
    public static final LoadAttributes NONE =
            new LoadAttributes("", 0, 0, 0, 0, 0, AttachTarget.NONE, TypeRecords.NONE);

    /** Refuses nulls, and copies the list. */
    public LoadAttributes {
        Objects.requireNonNull(license);
        Objects.requireNonNull(attachTarget);
        Objects.requireNonNull(records);
        kernelTypes = List.copyOf(kernelTypes);
    }

    /** The same fields of a program that refers to no types of kernel modules. */
    public LoadAttributes(
            String license,
            int flags,
            int interfaceIndex,
            int kernelVersion,
            int logLevel,
            int boundDescriptors,
            AttachTarget attachTarget,
            TypeRecords records) {
        this(
                license,
                flags,
                interfaceIndex,
                kernelVersion,
                logLevel,
                boundDescriptors,
                attachTarget,
                records,
                List.of());
    }

    /** Returns the flags that are set. */
    public Set<LoadFlag> flagSet() {
        return LoadFlag.in(flags);
    }

    /**
     * Returns why a decision on the instructions would be none on what runs: other instructions are loaded, or another function runs.
     *
     * @return the reason, for people, with the remedy; empty when what is decided on is what runs
     */
    public Optional<String> evasion() {
        if (records.relocations() != 0) {
            return Optional.of("the load has " + Integer.toUnsignedString(records.relocations())
                    + " CO-RE relocation records (core_relos), by which the kernel changes the instructions after the decision;"
                    + " let the loader relocate in user space, as libbpf does");
        }
        if ((flags & LoadFlag.TEST_RND_HI32.mask()) != 0) {
            return Optional.of(
                    "the load has the flag BPF_F_TEST_RND_HI32, by which the kernel inserts instructions after the"
                            + " decision; load without the flag, which only tests of the kernel need");
        }
        if (records.exceptionCallback()) {
            return Optional.of(
                    "the types of the load name an exception callback (exception_callback: of a declaration tag), which"
                            + " no digest and no signature covers; handle the exception in the program");
        }
        return Optional.empty();
    }
}
