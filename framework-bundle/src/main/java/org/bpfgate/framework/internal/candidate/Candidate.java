package org.bpfgate.framework.internal.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bpfgate.framework.internal.call.DryRunCall;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.framework.internal.registry.Variation;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * One candidate. Deciding threads offer it what they decided on; its own thread decides again. Its stack goes with one generation of
 * the live stack: when that changes its calls find an empty stack, so that whoever waits for calls to let go of a module waits for those
 * of the candidate too.
 */
final class Candidate implements CandidateStack {
    /** Loads that may wait. */
    static final int MOST_WAITING = 1024;

    /** Bytes that those may take: as many as a few large programs have. */
    static final long MOST_BYTES = 32L << 20;

    private static final long LOOK_MILLIS = 1;

    /** What calls find after the end. */
    private static final Generation NOTHING = new Generation(-1, List.of(), List.of("candidate"), List.of());

    private final Parts parts;
    private final Generation base;
    private final Generation stack;
    private final Variation variation;
    private final Map<Bundle, Bundle> bundles;
    private final Comparison comparison = new Comparison();
    private final Wanted wanted = new Wanted();
    private final BlockingQueue<DecidedLoad> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Thread thread = new Thread(this::decideAll, "bpfgate-candidate");

    /** What undoes the promotion; guarded by this. */
    private @Nullable Runnable undo;

    /** The parts of the engine that a candidate uses. */
    record Parts(
            HookRegistry registry,
            QuiescenceWait drain,
            LiveObjects live,
            StackOperator operator,
            Function<DryRunCall, LoadDecision> dryRun) {}

    /**
     * Prepares a candidate.
     *
     * @param base the live stack
     * @param stack what the candidate decides by
     * @param bundles those that were started for it, by those whose place they take
     */
    Candidate(Parts parts, Generation base, Generation stack, Variation variation, Map<Bundle, Bundle> bundles) {
        this.parts = parts;
        this.base = base;
        this.stack = stack;
        this.variation = variation;
        this.bundles = bundles;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isRunning() {
        if (ended.get() == null && parts.registry().current() != base) {
            end(
                    "the live stack changed, to generation "
                            + parts.registry().current().stack.generation(),
                    true);
        }
        return ended.get() == null;
    }

    /** Takes a load that the live stack has decided on; on the deciding thread, which waits for nothing here. */
    void offer(ProgramLoad load, LoadDecision decision, long nanos) {
        if (ended.get() != null || decision.stack().generation() != base.stack.generation()) {
            return;
        }
        comparison.saw();
        if (queue.remainingCapacity() == 0 || queuedBytes.get() > MOST_BYTES) {
            comparison.skip(1);
            return;
        }
        DecidedLoad decided = new DecidedLoad(load, decision, nanos, wanted);
        queuedBytes.addAndGet(decided.size);
        if (!queue.offer(decided)) {
            queuedBytes.addAndGet(-decided.size);
            comparison.skip(1);
        } else if (ended.get() != null && queue.remove(decided)) {
            comparison.skip(1);
        }
    }

    private void decideAll() {
        try {
            while (ended.get() == null) {
                DecidedLoad next = queue.take();
                queuedBytes.addAndGet(-next.size);
                decide(next);
            }
        } catch (InterruptedException e) {
            // The candidate has ended.
        } catch (RuntimeException | Error e) {
            end("the candidate failed: " + e, true);
        }
    }

    private void decide(DecidedLoad next) {
        boolean compared = false;
        try {
            DryRunCall call = new DryRunCall(next.load, this::choose, denial -> end(denial.reason(), true));
            long begun = System.nanoTime();
            LoadDecision decision = parts.dryRun().apply(call);
            long nanos = System.nanoTime() - begun;
            if (decision.stack().generation() == stack.stack.generation()
                    && ended.get() == null
                    && !next.isIncomplete()) {
                if (call.hasFault()) {
                    comparison.fail(next, decision, nanos);
                } else {
                    comparison.compare(next, decision, nanos);
                }
                compared = true;
            }
        } finally {
            if (!compared) {
                comparison.skip(1);
            }
        }
    }

    private Generation choose(Generation live) {
        return live == base && ended.get() == null ? stack : NOTHING;
    }

    /**
     * Ends it, once.
     *
     * @param leaves whether bundles that were started for it are stopped, when nothing uses them any more
     */
    private void end(String reason, boolean leaves) {
        if (!ended.compareAndSet(null, reason)) {
            return;
        }
        List<DecidedLoad> left = new ArrayList<>();
        comparison.skip(queue.drainTo(left));
        thread.interrupt();
        // Whoever ends it may be a deciding thread or the watchdog, which wait for nothing.
        Thread.ofPlatform().daemon().name("bpfgate-candidate-end").start(() -> {
            try {
                if (leaves) {
                    variation.standIns().values().forEach(this::letGo);
                    bundles.values().forEach(parts.operator()::stopBeside);
                }
            } finally {
                gone.countDown();
            }
        });
    }

    private void letGo(RegisteredModule module) {
        parts.drain().await(module.record(), parts.registry().configuration().drainBudget());
        parts.live().forget(module.record());
    }

    @Override
    public CandidateReport report() {
        isRunning();
        String reason = ended.get();
        return comparison.report(reason == null ? "" : reason);
    }

    @Override
    public boolean await(long longestMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longestMillis);
        long waiting = comparison.report("").seen();
        while (isRunning() && comparison.done() < waiting) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    @Override
    public synchronized void promote() {
        if (!isRunning()) {
            throw new IllegalStateException("the candidate has ended: " + ended.get());
        }
        undo = parts.registry().promote(base, variation);
        end("promoted", false);
    }

    @Override
    public synchronized void revert() {
        Runnable back = undo;
        undo = null;
        if (back != null) {
            back.run();
            variation.standIns().values().forEach(this::letGo);
            bundles.values().forEach(parts.operator()::stopBeside);
        }
    }

    @Override
    public synchronized void settle() {
        if (undo != null) {
            undo = null;
            parts.registry().endStandIns();
            variation.standIns().values().forEach(this::letGo);
            bundles.keySet().forEach(parts.operator()::stopBeside);
        }
    }

    @Override
    public void drop(String reason) {
        end(reason, true);
        try {
            gone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
