package org.bpfgate.kernel.syscall.internal;

/**
 * The filter that the gate puts before a command, as a classic BPF program over {@code struct seccomp_data}: the mediated
 * commands of bpf(2) go to the gate; the machine's other ways to bpf(2) are closed; everything else passes. io_uring has no
 * operation for bpf(2). Only the low 32 bits of the command count, as in the kernel.
 */
public final class SeccompFilter {
    /** Offsets in {@code struct seccomp_data} of {@code include/uapi/linux/seccomp.h}; words are little-endian here. */
    private static final int NUMBER = 0;

    private static final int ARCH = 4;
    private static final int COMMAND = 16;

    /** {@code SECCOMP_RET_*} of {@code include/uapi/linux/seccomp.h}. */
    private static final int ALLOW = 0x7fff0000;

    private static final int USER_NOTIF = 0x7fc00000;
    private static final int ERRNO = 0x00050000;

    /** {@code BPF_LD | BPF_W | BPF_ABS} of {@code include/uapi/linux/bpf_common.h}. */
    private static final short LOAD = 0x20;

    /** {@code BPF_JMP | BPF_JEQ | BPF_K}. */
    private static final short JUMP_EQUAL = 0x15;

    /** {@code BPF_RET | BPF_K}. */
    private static final short RETURN = 0x06;

    /** {@code sizeof(struct sock_filter)}. */
    private static final int SLOT = 8;

    private static final int MAX_SLOTS = 64;

    private final NativeBuffer slots;
    private int count;

    private SeccompFilter(NativeScope scope) {
        slots = scope.allocate(MAX_SLOTS * SLOT);
    }

    /**
     * Writes {@code struct sock_fprog}.
     *
     * @param othersPass true when the other commands of bpf(2) go to the kernel unseen; false when they fail with {@code EINVAL},
     *     as commands do that a kernel does not know
     * @param commands numbers of the bpf(2) commands to mediate; at least one, at most 40
     * @return the program, which lives as long as the scope
     */
    static NativeBuffer program(Architecture machine, NativeScope scope, boolean othersPass, int... commands) {
        SeccompFilter filter = new SeccompFilter(scope);
        filter.load(ARCH);
        filter.native64(machine, othersPass ? ALLOW : ERRNO | Errnos.EINVAL, commands);
        filter.compat(machine);
        filter.result(ERRNO | Errnos.EPERM);
        NativeBuffer program = scope.allocate(16);
        program.putShort(0, (short) filter.count);
        program.putLong(8, filter.slots.address());
        return program;
    }

    /** The native way: to the gate, or refused when it is x32, which no kernel without that way knows. */
    private void native64(Architecture machine, int others, int... commands) {
        int x32 = machine.x32Bit() == 0 ? 0 : 2;
        int length = 1 + x32 + 2 + 1 + commands.length + 2;
        add(JUMP_EQUAL, 0, length, machine.audit());
        load(NUMBER);
        if (x32 > 0) {
            add(JUMP_EQUAL, 0, 1, machine.x32Bit() | machine.numbers().bpf());
            result(ERRNO | Errnos.ENOSYS);
        }
        add(JUMP_EQUAL, 1, 0, machine.numbers().bpf());
        result(ALLOW);
        load(COMMAND);
        for (int i = 0; i < commands.length; i++) {
            add(JUMP_EQUAL, commands.length - i, 0, commands[i]);
        }
        result(others);
        result(USER_NOTIF);
    }

    /** The 32-bit way: everything but bpf(2). */
    private void compat(Architecture machine) {
        add(JUMP_EQUAL, 0, 4, machine.compatAudit());
        load(NUMBER);
        add(JUMP_EQUAL, 1, 0, machine.compatBpf());
        result(ALLOW);
        result(ERRNO | Errnos.EPERM);
    }

    private void load(int offset) {
        add(LOAD, 0, 0, offset);
    }

    private void result(int action) {
        add(RETURN, 0, 0, action);
    }

    /** Adds an instruction; the jumps count the instructions that are left out. */
    private void add(short code, int whenTrue, int whenFalse, int argument) {
        int at = count++ * SLOT;
        slots.putShort(at, code);
        slots.putByte(at + 2L, (byte) whenTrue);
        slots.putByte(at + 3L, (byte) whenFalse);
        slots.putInt(at + 4L, argument);
    }
}
