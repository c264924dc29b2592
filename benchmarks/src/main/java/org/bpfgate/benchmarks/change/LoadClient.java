package org.bpfgate.benchmarks.change;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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
    private final List<Question> questions;
    private final Thread thread = new Thread(this::ask, "load-client");
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean ended;
    private volatile @Nullable String wrong;

    /**
     * One load.
     *
     * @param load makes it, with a program of its own each time
     * @param allowed the decision that is right
     */
    record Question(Supplier<ProgramLoad> load, boolean allowed) {
        /** A program that nobody knows, which a stack without a policy lets in. */
        static Question ofAnyProgram() {
            Instructions instructions = Instructions.of(new byte[2 * Instructions.SLOT_SIZE]);
            return new Question(() -> load(instructions), true);
        }

        static ProgramLoad load(Instructions instructions) {
            return ProgramLoad.of(new BpfProgram("benchmark", ProgramType.XDP, instructions));
        }
    }

    /**
     * Makes a client, which does not ask yet.
     *
     * @param questions asked in turn
     */
    LoadClient(SecurityHooks hooks, List<Question> questions) {
        this.hooks = hooks;
        this.questions = questions;
    }

    void start() {
        thread.start();
    }

    private void ask() {
        for (int i = 0; !ended; i = (i + 1) % questions.size()) {
            Question question = questions.get(i);
            ProgramLoad load = question.load().get();
            long start = System.nanoTime();
            LoadDecision decision = hooks.bpfProgLoad(load);
            note(System.nanoTime() - start);
            if (decision.isAllow()) {
                hooks.bpfProgFree(load.program());
            }
            if (decision.isAllow() != question.allowed()) {
                wrong = "load " + i + ": " + decision.result();
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
     * @return how many loads were decided
     * @throws IllegalStateException when a load was decided otherwise than it should, which no replacement may cause
     */
    long end() throws InterruptedException {
        ended = true;
        thread.join();
        if (wrong != null) {
            throw new IllegalStateException("a load was decided wrongly during a replacement: " + wrong);
        }
        return loads.get();
    }
}
