package org.bpfgate.benchmarks.change;

import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.jspecify.annotations.Nullable;

/** A thread that asks for one load after the other, and notes how long the longest took. */
final class LoadClient {
    private final SecurityHooks hooks;
    private final Thread thread = new Thread(this::ask, "load-client");
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean ended;
    private volatile @Nullable LoadDecision denied;

    LoadClient(SecurityHooks hooks) {
        this.hooks = hooks;
    }

    void start() {
        thread.start();
    }

    private void ask() {
        Instructions instructions = Instructions.of(new byte[2 * Instructions.SLOT_SIZE]);
        while (!ended) {
            ProgramLoad load = ProgramLoad.of(new BpfProgram("benchmark", ProgramType.XDP, instructions));
            long start = System.nanoTime();
            LoadDecision decision = hooks.bpfProgLoad(load);
            note(System.nanoTime() - start);
            if (!decision.isAllow()) {
                denied = decision;
            }
        }
    }

    private void note(long nanos) {
        if (nanos > longest.get()) {
            longest.accumulateAndGet(nanos, Math::max);
        }
        loads.incrementAndGet();
    }

    /**
     * Waits until the load that is on its way is decided, and forgets the longest one.
     *
     * @return how long that took, in nanoseconds
     */
    long takeLongest() {
        long next = loads.get() + 1;
        while (loads.get() < next && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return longest.getAndSet(0);
    }

    /**
     * Ends the thread.
     *
     * @throws IllegalStateException when a load was denied, which no replacement may cause
     */
    void end() throws InterruptedException {
        ended = true;
        thread.join();
        if (denied != null) {
            throw new IllegalStateException("a load was denied during a replacement: " + denied.result());
        }
    }
}
