package org.bpfgate.kernel.internal.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread of the gate has waited for something that the client controls, such as a page of a file system that does
 * not answer. One thread sets it; any thread may read it.
 */
public final class AccessWatch {
    /** What the thread waits for, in the words of a reason. */
    private record Access(String what, long sinceNanos) {}

    private volatile @Nullable Access access;

    /** An access begins, for example "an access to the client's memory". */
    public void begin(String what) {
        access = new Access(what, System.nanoTime());
    }

    /** The access is over. */
    public void end() {
        access = null;
    }

    /** Returns the access that has been under way for this long at a time of {@link System#nanoTime()}; empty when none has. */
    public Optional<String> overdue(long now, long longestNanos) {
        Access current = access;
        return current != null && now - current.sinceNanos() >= longestNanos
                ? Optional.of(current.what())
                : Optional.empty();
    }
}
