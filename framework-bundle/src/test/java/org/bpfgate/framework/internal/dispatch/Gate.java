package org.bpfgate.framework.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A place in a callback where a thread stays until the test lets it go, and the threads that come there. */
public final class Gate {
    /** Longer than any test has to wait on a busy machine; reached only by a test that fails. */
    public static final Duration AT_MOST = Duration.ofSeconds(30);

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Called in a callback: stays here until the gate opens. */
    void pass() {
        reached.countDown();
        await(open);
    }

    /** Waits for a thread to come. */
    void awaitVisitor() {
        await(reached);
    }

    void open() {
        open.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing happened within " + AT_MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /** Work on a thread of its own. */
    public record Elsewhere<T>(Thread thread, Future<T> outcome) {
        public static <T> Elsewhere<T> run(Callable<T> work) {
            FutureTask<T> task = new FutureTask<>(work);
            Thread thread = new Thread(task, "elsewhere");
            thread.setDaemon(true);
            thread.start();
            return new Elsewhere<>(thread, task);
        }

        /** The work's result; what it throws fails the test. */
        public T get() {
            try {
                return outcome.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError("the other thread did not come to its end", e);
            }
        }

        /** Whether the thread has stopped to wait, for a limited time or not. */
        boolean isWaiting() {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }

        boolean isDone() {
            return outcome.isDone();
        }
    }
}
