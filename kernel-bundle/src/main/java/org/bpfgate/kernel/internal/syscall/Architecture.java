package org.bpfgate.kernel.internal.syscall;

import java.util.Optional;

/**
 * What differs between processors: the numbers of system calls and how seccomp names the ways into the kernel. The numbers of
 * x86-64 are those of {@code arch/x86/entry/syscalls/syscall_64.tbl} and were run; those of aarch64 are those of
 * {@code include/uapi/asm-generic/unistd.h} and were not.
 */
public enum Architecture {
    /** {@code AUDIT_ARCH_X86_64}; its other way in is i386 ({@code AUDIT_ARCH_I386}, bpf is 357), its third x32. */
    X86_64(
            0xc000003e,
            0x40000003,
            357,
            0x40000000, //
            new SyscallNumbers(
                    321, 317, 434, 438, 16, 157, 125, 126, 61, 62, 14, 186, 436, 9, 11, 13, 3, 257, 0, 267, 121, 272,
                    81, 161, 122, 123, 116, 332, 17, 18, 292, 308, 165, 293, 302, 72, 271, 437, 166, 138, 234, 312, 59),
            new SyscallNumbers.OfSockets(41, 49, 50, 288, 42, 46, 47, 48, 55, 54)),

    /** {@code AUDIT_ARCH_AARCH64}; its other way in is 32-bit ARM ({@code AUDIT_ARCH_ARM}, bpf is 386). */
    AARCH64(
            0xc00000b7,
            0x40000028,
            386,
            0, //
            new SyscallNumbers(
                    280, 277, 434, 438, 29, 167, 90, 91, 260, 129, 135, 178, 436, 222, 215, 134, 57, 56, 63, 78, 155,
                    97, 50, 51, 151, 152, 159, 291, 67, 68, 24, 268, 40, 59, 261, 25, 73, 437, 39, 44, 131, 272, 221),
            new SyscallNumbers.OfSockets(198, 200, 201, 242, 203, 211, 212, 210, 209, 208));

    private final int audit;
    private final int compatAudit;
    private final int compatBpf;
    private final int x32Bit;

    @SuppressWarnings("ImmutableEnumChecker") // A record of numbers.
    private final SyscallNumbers numbers;

    @SuppressWarnings("ImmutableEnumChecker") // A record of numbers.
    private final SyscallNumbers.OfSockets sockets;

    Architecture(
            int audit,
            int compatAudit,
            int compatBpf,
            int x32Bit,
            SyscallNumbers numbers,
            SyscallNumbers.OfSockets sockets) {
        this.audit = audit;
        this.compatAudit = compatAudit;
        this.compatBpf = compatBpf;
        this.x32Bit = x32Bit;
        this.numbers = numbers;
        this.sockets = sockets;
    }

    /** Returns that of this machine; empty when this project has no numbers for it. */
    public static Optional<Architecture> current() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }

    /** Returns {@code AUDIT_ARCH_*} of {@code include/uapi/linux/audit.h} for the native way into the kernel. */
    public int audit() {
        return audit;
    }

    /** Returns {@code AUDIT_ARCH_*} of the 32-bit way. */
    public int compatAudit() {
        return compatAudit;
    }

    /** Returns the number of bpf(2) on the 32-bit way. */
    public int compatBpf() {
        return compatBpf;
    }

    /** Returns {@code __X32_SYSCALL_BIT} of {@code arch/x86/include/uapi/asm/unistd.h}; 0 where there is no such way. */
    public int x32Bit() {
        return x32Bit;
    }

    /** Returns the numbers of the native way. */
    public SyscallNumbers numbers() {
        return numbers;
    }

    /** Returns the numbers of the system calls about sockets. */
    SyscallNumbers.OfSockets sockets() {
        return sockets;
    }
}
