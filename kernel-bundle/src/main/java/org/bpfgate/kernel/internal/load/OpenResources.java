package org.bpfgate.kernel.internal.load;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is open for one load. Closes all of it, the last first, whatever one of them throws. For one thread. */
final class OpenResources implements AutoCloseable {
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /** Adds what closes a resource. */
    void add(Runnable closer) {
        closers.push(closer);
    }

    @Override
    public void close() {
        Runnable last = closers.poll();
        if (last != null) {
            try {
                last.run();
            } finally {
                close();
            }
        }
    }
}
