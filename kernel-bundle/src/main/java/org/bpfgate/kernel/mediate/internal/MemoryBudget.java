package org.bpfgate.kernel.mediate.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.SyscallException;

/**
 * How many bytes the loads that are mediated at the same time may take together, so that no crowd of clients takes the gate's
 * memory away. A load that finds none waits its turn, and is denied in the end. Safe for use by several threads.
 */
final class MemoryBudget {
    /** Counted in pieces of this many bytes. */
    private static final long UNIT = 1024;

    /** A load of a million instructions takes the kernel about a second, and waiting clients are served in turn. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int all;
    private final Semaphore units;
    private final Duration longest;

    MemoryBudget(long bytes, Duration longest) {
        all = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        units = new Semaphore(all, true);
        this.longest = longest;
    }

    /** Half of the heap: the other half is for the modules and for what they keep. */
    static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2, LONGEST);
    }

    /** A part of the budget, until it is closed. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a part, waiting for it if need be.
     *
     * @throws SyscallException with {@code ENOMEM} when there is not so much in all, or not in time
     */
    Share take(long bytes) throws SyscallException {
        int share = (int) Math.min(bytes / UNIT + 1, Integer.MAX_VALUE);
        if (share > all || !acquire(share)) {
            throw new SyscallException("no memory left in the gate for a load", Errnos.ENOMEM, bytes);
        }
        return () -> units.release(share);
    }

    private boolean acquire(int share) {
        try {
            return units.tryAcquire(share) || units.tryAcquire(share, longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
