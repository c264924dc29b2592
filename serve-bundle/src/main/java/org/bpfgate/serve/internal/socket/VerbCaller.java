package org.bpfgate.serve.internal.socket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;

/**
 * Calls verbs: finds the service, bounds its time, runs changes one after the other, and audits them. Safe for use by several threads.
 */
public final class VerbCaller implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** States of a call; its time can only be over while it runs, so that no later call is interrupted for it. */
    private static final int RUNNING = 0;

    private static final int ENDED = 1;
    private static final int OVERDUE = 2;

    /** How long the last change is waited for, which is about to end. */
    private static final Duration LAST_CHANGE = Duration.ofSeconds(2);

    private final Verbs verbs;
    private final AuditSink audit;
    private final ReentrantLock changes = new ReentrantLock(true);

    /** Why no change is made now; empty when changes are made. */
    private volatile String refusal = "";

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("bpfgate-control-clock").unstarted(work));

    /**
     * Prepares.
     *
     * @param verbs finds verbs
     * @param audit takes a record of each change that is asked for
     */
    public VerbCaller(Verbs verbs, AuditSink audit) {
        this.verbs = verbs;
        this.audit = audit;
    }

    /** Finds verbs by their names. */
    @FunctionalInterface
    public interface Verbs {
        /**
         * Returns a verb as it is now.
         *
         * @throws ControlException of kind {@link Kind#USAGE} when no bundle offers it
         */
        FoundVerb find(String name) throws ControlException;
    }

    /**
     * A verb that was found.
     *
     * @param verb the service
     * @param isChange whether it changes something
     * @param timeoutMillis how long a request may take; 0 without a limit
     */
    public record FoundVerb(ControlVerb verb, boolean isChange, long timeoutMillis) {}

    /**
     * Calls the verb of a request.
     *
     * @param unbounded is run first when the verb has no limit of time
     * @return the result
     * @throws InterruptedException when the client is gone
     */
    Map<String, ?> call(ControlRequest request, ControlReply reply, Runnable unbounded)
            throws ControlException, InterruptedException {
        FoundVerb found = verbs.find(request.verb());
        if (found.timeoutMillis() == 0) {
            unbounded.run();
        }
        Thread caller = Thread.currentThread();
        AtomicInteger state = new AtomicInteger(RUNNING);
        ScheduledFuture<?> limit = found.timeoutMillis() == 0
                ? null
                : clock.schedule(
                        () -> {
                            if (state.compareAndSet(RUNNING, OVERDUE)) {
                                caller.interrupt();
                            }
                        },
                        found.timeoutMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            return found.isChange() ? change(found.verb(), request, reply) : perform(found.verb(), request, reply);
        } catch (InterruptedException e) {
            if (state.get() == OVERDUE) {
                throw new ControlException(
                        Kind.FAILED, request.verb() + " took more than " + found.timeoutMillis() + " ms");
            }
            throw e;
        } finally {
            if (!state.compareAndSet(RUNNING, ENDED)) {
                // The interrupt was for this call, whether it has noticed it or not.
                awaitInterrupt();
            }
            if (limit != null) {
                limit.cancel(false);
            }
        }
    }

    /** Clears the interrupt of the clock, which has decided upon it and may not have set it yet. */
    private void awaitInterrupt() {
        try {
            clock.submit(() -> {}).get();
        } catch (InterruptedException e) {
            // That is it.
        } catch (ExecutionException | RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the control socket is closing", e);
        }
        Thread.interrupted();
    }

    /**
     * Refuses changes from now on.
     *
     * @param why one line for people; empty to make changes again
     */
    public void refuseChanges(String why) {
        refusal = why;
    }

    private Map<String, ?> change(ControlVerb verb, ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        if (!refusal.isEmpty()) {
            throw new ControlException(Kind.REFUSED, refusal);
        }
        changes.lockInterruptibly();
        try {
            Map<String, ?> result = perform(verb, request, reply);
            audit.record(new ControlRecord(request, "done", "", result));
            return result;
        } catch (ControlException e) {
            audit.record(new ControlRecord(request, e.kind().word(), String.valueOf(e.getMessage()), Map.of()));
            throw e;
        } catch (InterruptedException e) {
            audit.record(new ControlRecord(request, "interrupted", "", Map.of()));
            throw e;
        } finally {
            changes.unlock();
        }
    }

    private static Map<String, ?> perform(ControlVerb verb, ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        try {
            return verb.perform(request, reply);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.log(Level.ERROR, "the verb " + request.verb() + " failed", e);
            throw new ControlException(Kind.FAILED, request.verb() + " failed inside: " + e);
        }
    }

    /** Waits some time until the change that is being made, if any, has its record. */
    public void awaitChange() throws InterruptedException {
        if (changes.tryLock(LAST_CHANGE.toMillis(), TimeUnit.MILLISECONDS)) {
            changes.unlock();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
