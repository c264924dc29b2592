package org.bpfgate.serve.internal.restart;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.mediation.ReleasedListener;

/**
 * One attempt of another gate to take over, between the thread of its request and the thread of this gate: prepared, then released, then
 * ended. Safe for use by several threads.
 */
public final class TakeOver {
    private final ControlPeer peer;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> prepared = new CompletableFuture<>();
    private final CompletableFuture<List<ReleasedListener>> released = new CompletableFuture<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    TakeOver(ControlPeer peer) {
        this.peer = peer;
    }

    /** What the other gate says. */
    public enum Step {
        /** Its modules are there: the listeners are to be released. */
        RELEASE,
        /** It mediates. */
        READY,
        /** It has ended, or says nothing in time. */
        GONE
    }

    /** Returns who takes over. */
    public ControlPeer peer() {
        return peer;
    }

    /** This gate changes nothing from now on. */
    public void isPrepared() {
        prepared.complete(true);
    }

    /** This gate has released these listeners. */
    public void hasReleased(List<ReleasedListener> listeners) {
        released.complete(List.copyOf(listeners));
    }

    /** It is over: the other gate has taken over, or this one goes on. */
    public void hasEnded(boolean isTaken) {
        prepared.complete(false);
        released.complete(List.of());
        end.complete(isTaken);
    }

    /** Waits for the other gate. */
    public Step await(Duration longest) throws InterruptedException {
        Step step = steps.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        return step == null ? Step.GONE : step;
    }

    void say(Step step) {
        steps.add(step);
    }

    CompletableFuture<Boolean> prepared() {
        return prepared;
    }

    CompletableFuture<List<ReleasedListener>> released() {
        return released;
    }

    CompletableFuture<Boolean> end() {
        return end;
    }
}
