package org.bpfgate.kernel.internal.seccomp;

import java.util.List;
import org.bpfgate.kernel.internal.seccomp.SeccompFilter.Instruction;

/**
 * Runs classic BPF programs as seccomp(2) does: those of the instructions of {@code seccomp_check_filter()} of {@code kernel/seccomp.c}
 * that the gate's filter needs, on {@code struct seccomp_data}. Everything else is a fault of the program.
 */
final class ClassicBpf {
    /** {@code sizeof(struct seccomp_data)}. */
    private static final int DATA = 64;

    /** {@code BPF_MAXINSNS}. */
    private static final int MOST = 4096;

    private static final int RETURN = 0x06;
    private static final int LOAD = 0x20;

    private final List<Instruction> program;

    ClassicBpf(List<Instruction> program) {
        this.program = program;
        check();
    }

    /** What one system call looks like to a filter, with its first argument; the other arguments are 1. */
    record Call(int number, int architecture, long argument) {
        int word(int offset) {
            return switch (offset) {
                case 0 -> number;
                case 4 -> architecture;
                case 8, 12 -> 0;
                case 16 -> (int) argument;
                case 20 -> (int) (argument >>> 32);
                default -> offset % 8 == 0 ? 1 : 0;
            };
        }
    }

    /** As {@code bpf_check_classic()}: every jump stays inside, and the last instruction returns. */
    private void check() {
        if (program.isEmpty() || program.size() > MOST || program.getLast().code() != RETURN) {
            throw new IllegalStateException("the kernel takes no such program");
        }
        for (int i = 0; i < program.size(); i++) {
            Instruction at = program.get(i);
            int furthest = Math.max(at.whenTrue(), at.whenFalse());
            boolean fits = at.whenTrue() >= 0 && at.whenFalse() >= 0 && furthest <= 255;
            int last = at.code() == RETURN ? i : i + 1 + furthest;
            if (!fits || last >= program.size()) {
                throw new IllegalStateException("instruction " + i + " leads out of the program");
            }
            if (at.code() == LOAD && (at.argument() < 0 || at.argument() >= DATA || at.argument() % 4 != 0)) {
                throw new IllegalStateException("instruction " + i + " loads from " + at.argument());
            }
        }
    }

    /** Returns what the program returns for a call. */
    int run(Call call) {
        int a = 0;
        int at = 0;
        while (true) {
            Instruction now = program.get(at++);
            int k = now.argument();
            switch (now.code()) {
                case LOAD -> a = call.word(k);
                case 0x54 -> a &= k;
                case 0x15 -> at += a == k ? now.whenTrue() : now.whenFalse();
                case 0x25 -> at += Integer.compareUnsigned(a, k) > 0 ? now.whenTrue() : now.whenFalse();
                case RETURN -> {
                    return k;
                }
                default -> throw new IllegalStateException("no instruction " + Integer.toHexString(now.code()));
            }
        }
    }
}
