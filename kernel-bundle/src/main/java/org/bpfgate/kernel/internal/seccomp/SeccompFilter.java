package org.bpfgate.kernel.internal.seccomp;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.kernel.internal.syscall.Architecture;
import org.bpfgate.kernel.internal.syscall.CommandWord;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;

/**
 * The filter that the gate puts before a command, as a classic BPF program over {@code struct seccomp_data}. What becomes of a call:
 *
 * <ul>
 *   <li>not bpf(2): it passes. io_uring has no operation for bpf(2);
 *   <li>a known command that the gate does not mediate, with or without {@code BPF_COMMON_ATTRS}: it passes;
 *   <li>every other call of bpf(2) goes to the gate: mediated commands, commands and bits that this version does not know, a high half
 *       of the command word that is not zero, and 32-bit and x32 calls. The gate mediates or refuses, and counts;
 *   <li>a call of an architecture that this machine does not have: {@code EPERM}.
 * </ul>
 *
 * <p>The filter compares 32-bit words of the 64-bit argument. Kernels so far read the low one. The high one is looked at too, so that
 * a later kernel that reads it is given no call that the gate has not seen.
 */
public final class SeccompFilter {
    /** Offsets in {@code struct seccomp_data} of {@code include/uapi/linux/seccomp.h}; words are little-endian here. */
    static final int NUMBER = 0;

    static final int ARCH = 4;
    static final int COMMAND = 16;
    static final int COMMAND_HIGH = 20;

    /** {@code SECCOMP_RET_*} of {@code include/uapi/linux/seccomp.h}. */
    static final int ALLOW = 0x7fff0000;

    static final int USER_NOTIF = 0x7fc00000;
    static final int ERRNO = 0x00050000;

    /** {@code BPF_LD | BPF_W | BPF_ABS} of {@code include/uapi/linux/bpf_common.h}. */
    static final int LOAD = 0x20;

    /** {@code BPF_ALU | BPF_AND | BPF_K}. */
    static final int AND = 0x54;

    /** {@code BPF_JMP | BPF_JEQ | BPF_K}. */
    static final int JUMP_EQUAL = 0x15;

    /** {@code BPF_JMP | BPF_JGT | BPF_K}, unsigned. */
    static final int JUMP_GREATER = 0x25;

    /** {@code BPF_RET | BPF_K}. */
    static final int RETURN = 0x06;

    /** {@code sizeof(struct sock_filter)}. */
    private static final int SLOT = 8;

    /** One {@code struct sock_filter}; the jumps count the instructions that are left out. */
    record Instruction(int code, int whenTrue, int whenFalse, int argument) {}

    /** Where a comparison leads. */
    private enum Target {
        NEXT,
        OTHER_ARCHITECTURE,
        PASS,
        NOTIFY,
        REFUSE
    }

    /** An instruction whose jumps have no distance yet. */
    private record Draft(int code, Target whenTrue, Target whenFalse, int argument) {}

    private final List<Draft> drafts = new ArrayList<>();
    private int otherArchitecture;

    private SeccompFilter() {}

    /**
     * Makes the program.
     *
     * @param known how many commands this version knows: their numbers are 0 and up, without a gap
     * @param mediated numbers of the commands that go to the gate
     */
    static List<Instruction> instructions(Architecture machine, int known, int... mediated) {
        SeccompFilter filter = new SeccompFilter();
        filter.nativeCalls(machine, known, mediated);
        filter.otherCalls(machine);
        return filter.resolve();
    }

    /**
     * Writes {@code struct sock_fprog}.
     *
     * @return the program, which lives as long as the scope
     */
    static NativeBuffer program(Architecture machine, NativeScope scope, int known, int... mediated) {
        List<Instruction> instructions = instructions(machine, known, mediated);
        NativeBuffer slots = scope.allocate((long) instructions.size() * SLOT);
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            slots.putShort((long) i * SLOT, (short) instruction.code());
            slots.putByte((long) i * SLOT + 2, (byte) instruction.whenTrue());
            slots.putByte((long) i * SLOT + 3, (byte) instruction.whenFalse());
            slots.putInt((long) i * SLOT + 4, instruction.argument());
        }
        NativeBuffer program = scope.allocate(16);
        program.putShort(0, (short) instructions.size());
        program.putLong(8, slots.address());
        return program;
    }

    private void nativeCalls(Architecture machine, int known, int... mediated) {
        add(LOAD, ARCH);
        compare(JUMP_EQUAL, machine.audit(), Target.NEXT, Target.OTHER_ARCHITECTURE);
        add(LOAD, NUMBER);
        if (machine.x32Bit() != 0) {
            compare(JUMP_EQUAL, machine.x32Bit() | machine.numbers().bpf(), Target.NOTIFY, Target.NEXT);
        }
        compare(JUMP_EQUAL, machine.numbers().bpf(), Target.NEXT, Target.PASS);
        add(LOAD, COMMAND_HIGH);
        compare(JUMP_EQUAL, 0, Target.NEXT, Target.NOTIFY);
        add(LOAD, COMMAND);
        add(AND, ~CommandWord.COMMON_ATTRS);
        compare(JUMP_GREATER, known - 1, Target.NOTIFY, Target.NEXT);
        for (int command : mediated) {
            compare(JUMP_EQUAL, command, Target.NOTIFY, Target.NEXT);
        }
        add(RETURN, ALLOW);
    }

    /** The 32-bit way: everything but bpf(2). */
    private void otherCalls(Architecture machine) {
        otherArchitecture = drafts.size();
        compare(JUMP_EQUAL, machine.compatAudit(), Target.NEXT, Target.REFUSE);
        add(LOAD, NUMBER);
        compare(JUMP_EQUAL, machine.compatBpf(), Target.NOTIFY, Target.PASS);
    }

    /** Puts the three results at the end and counts how far the jumps are. */
    private List<Instruction> resolve() {
        List<Instruction> resolved = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            resolved.add(new Instruction(
                    draft.code, distance(i, draft.whenTrue), distance(i, draft.whenFalse), draft.argument));
        }
        resolved.add(new Instruction(RETURN, 0, 0, ALLOW));
        resolved.add(new Instruction(RETURN, 0, 0, USER_NOTIF));
        resolved.add(new Instruction(RETURN, 0, 0, ERRNO | Errnos.EPERM));
        return resolved;
    }

    private int distance(int from, Target to) {
        int end = drafts.size();
        int place = switch (to) {
            case NEXT -> from + 1;
            case OTHER_ARCHITECTURE -> otherArchitecture;
            case PASS -> end;
            case NOTIFY -> end + 1;
            case REFUSE -> end + 2;
        };
        return place - from - 1;
    }

    private void add(int code, int argument) {
        drafts.add(new Draft(code, Target.NEXT, Target.NEXT, argument));
    }

    private void compare(int code, int argument, Target whenTrue, Target whenFalse) {
        drafts.add(new Draft(code, whenTrue, whenFalse, argument));
    }
}
