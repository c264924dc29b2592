package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts and stops bundles on a thread of their own and for a limited time: an activator that hangs keeps that thread, and nobody else
 * waits for it.
 */
final class BoundedStart {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** What may hang. */
    private interface Step {
        void run() throws BundleException;
    }

    private BoundedStart() {}

    /**
     * Starts a bundle.
     *
     * @param limit how long its activator may take; then its thread is interrupted, and the bundle is stopped when the activator returns
     * @param givenUp called before such a bundle is given up
     * @param stopped called when a bundle that was given up has stopped
     * @throws BundleException when it does not start, or not in time, or when the calling thread is interrupted
     */
    static void start(Bundle bundle, Duration limit, Runnable givenUp, Runnable stopped) throws BundleException {
        run("start", bundle, bundle::start, limit, givenUp, () -> {
            try {
                bundle.stop();
            } catch (BundleException | IllegalStateException e) {
                LOG.log(Level.WARNING, () -> bundle.getSymbolicName() + " was given up, and its stop fails: " + e);
            }
            stopped.run();
        });
    }

    /**
     * Stops a bundle.
     *
     * @throws BundleException when its activator throws, or does not return in time
     */
    static void stop(Bundle bundle, Duration limit) throws BundleException {
        run("stop", bundle, bundle::stop, limit, () -> {}, () -> {});
    }

    private static void run(String what, Bundle bundle, Step step, Duration limit, Runnable givenUp, Runnable late)
            throws BundleException {
        AtomicBoolean settled = new AtomicBoolean();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("bpfgate " + what + " of " + bundle.getSymbolicName())
                .start(() -> {
                    run(step, done);
                    if (!settled.compareAndSet(false, true)) {
                        late.run();
                    }
                });
        String fault;
        try {
            done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BundleException(bundle.getSymbolicName() + " does not " + what + ": " + reason(cause), cause);
        } catch (TimeoutException e) {
            fault = " did not " + what + " within " + limit.toMillis() + " ms";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fault = " was to " + what + ", and the wait for it was interrupted";
        }
        givenUp.run();
        if (settled.compareAndSet(false, true)) {
            thread.interrupt();
        } else {
            // It came to its end in this moment; its thread does not do it any more.
            late.run();
        }
        throw new BundleException(bundle.getSymbolicName() + fault);
    }

    private static void run(Step step, CompletableFuture<Boolean> done) {
        try {
            step.run();
            done.complete(true);
        } catch (BundleException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** What an activator threw says more than the framework's "Activator start error". */
    private static String reason(Throwable fault) {
        Throwable cause = fault instanceof BundleException && fault.getCause() != null ? fault.getCause() : fault;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
