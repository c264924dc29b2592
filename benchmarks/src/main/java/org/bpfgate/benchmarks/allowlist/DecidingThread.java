package org.bpfgate.benchmarks.allowlist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.SecurityHooks;

/** Asks about one program after the other, each with a digest of its own, and notes how long the longest decision took. */
final class DecidingThread {
    /** {@code BPF_ALU64 | BPF_MOV | BPF_K} with register 0, {@code include/uapi/linux/bpf.h}. */
    private static final long MOVE = 0xb7;

    /** {@code BPF_JMP | BPF_EXIT}. */
    private static final long EXIT = 0x95;

    private final SecurityHooks hooks;
    private final int number;
    private final Thread thread = new Thread(this::ask, "deciding");
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong decisions = new AtomicLong();
    private volatile boolean ended;

    /**
     * Makes and starts a thread.
     *
     * @param number differs from that of any other thread
     */
    DecidingThread(SecurityHooks hooks, int number) {
        this.hooks = hooks;
        this.number = number;
        thread.start();
    }

    private void ask() {
        for (int i = 0; !ended; i++) {
            ProgramLoad load = load(i, number);
            long start = System.nanoTime();
            hooks.bpfProgLoad(load);
            longest.accumulateAndGet(System.nanoTime() - start, Math::max);
            decisions.incrementAndGet();
        }
    }

    /** A program {@code r0 = low; r0 = high; exit}. */
    static ProgramLoad load(int low, int high) {
        ByteBuffer slots = ByteBuffer.allocate(3 * Instructions.SLOT_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        slots.putLong(MOVE | (long) low << Integer.SIZE)
                .putLong(MOVE | (long) high << Integer.SIZE)
                .putLong(EXIT);
        return ProgramLoad.of(new BpfProgram("benchmark", ProgramType.XDP, Instructions.of(slots.array())));
    }

    /** Returns whether a decision on the load reports that its program is listed. */
    static boolean isListed(SecurityHooks hooks, ProgramLoad load) {
        return hooks.bpfProgLoad(load).reports().stream()
                .anyMatch(report -> report.report().verdict() == IntegrityVerdict.OK);
    }

    /** Returns how many nanoseconds the longest decision took since the last call; one that is under way counts next time. */
    long takeLongest() {
        return longest.getAndSet(0);
    }

    long decisions() {
        return decisions.get();
    }

    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
