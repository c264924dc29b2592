package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Work that is done some time later, on a thread of its own that ends with the bundle: nothing of the bundle stays in a pool of the
 * JVM. Safe for use by several threads.
 */
public final class LaterWork implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final Timer timer = new Timer("bpfgate-later", true);
    private boolean closed;

    /** Does work after some time; never after {@link #close()}. */
    public synchronized void after(Duration delay, Runnable work) {
        if (!closed) {
            timer.schedule(task(work), delay.toMillis());
        }
    }

    private static TimerTask task(Runnable work) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.ERROR, "a look at the modules failed", e);
                }
            }
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel();
    }
}
