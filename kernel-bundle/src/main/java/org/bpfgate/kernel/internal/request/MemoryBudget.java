package org.bpfgate.kernel.internal.request;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/**
 * Bounds the memory of the loads that are mediated at the same time, whatever the number of clients. Safe for use by several threads.
 *
 * <ul>
 *   <li>Small loads never wait: a quarter of the budget is set apart for as many of them as one command can have under way
 *       ({@link ClientQueues#IN_ALL} and {@link ClientQueues#RESERVED}).
 *   <li>Large ones share the rest and wait for their turn, in the order in which they came; one that waits too long is denied.
 *   <li>A process has a quarter of the budget for its large loads, or one load: further ones wait for its own, and let others pass.
 * </ul>
 */
public final class MemoryBudget {
    /** A load of a million instructions takes the kernel about a second, and waiting clients are served in turn. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final long small;
    private final long all;
    private final long perProcess;
    private final Duration longest;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All from here on are guarded by the lock. */
    private long taken;

    private final Map<Integer, Long> byProcess = new HashMap<>();

    /** In the order in which they came. */
    private final Set<Reservation> waiting = new LinkedHashSet<>();

    /** A request for memory; compared by identity. */
    private static final class Reservation {
        final int pid;
        final long bytes;

        Reservation(int pid, long bytes) {
            this.pid = pid;
            this.bytes = bytes;
        }
    }

    MemoryBudget(long bytes, Duration longest) {
        perProcess = bytes / 4;
        all = bytes - perProcess;
        small = perProcess / (ClientQueues.IN_ALL + ClientQueues.RESERVED);
        this.longest = longest;
    }

    /** Half of the heap: the other half is for the modules and for what they keep. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2, LONGEST);
    }

    /** A part of the budget, until it is closed. */
    public interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a part, waiting for it if need be.
     *
     * @param pid the process of the client
     * @throws SyscallException with {@code ENOMEM} when there is not so much in all, or not in time
     */
    public Share take(int pid, long bytes) throws SyscallException {
        if (bytes <= small) {
            return () -> {};
        }
        Reservation reservation = new Reservation(pid, bytes);
        if (bytes > all || !acquire(reservation)) {
            throw new SyscallException("no memory left in the gate for a load", Errnos.ENOMEM, bytes);
        }
        return () -> give(reservation, -reservation.bytes);
    }

    private boolean acquire(Reservation reservation) {
        lock.lock();
        try {
            waiting.add(reservation);
            long left = longest.toNanos();
            while (!isNext(reservation)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            give(reservation, reservation.bytes);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(reservation);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Whether there is room for it, and nobody came earlier whom only the room keeps waiting. */
    private boolean isNext(Reservation reservation) {
        for (Reservation other : waiting) {
            if (mayHave(other)) {
                return other == reservation && taken + reservation.bytes <= all;
            }
        }
        return false;
    }

    private boolean mayHave(Reservation reservation) {
        long own = byProcess.getOrDefault(reservation.pid, 0L);
        return own == 0 || own + reservation.bytes <= perProcess;
    }

    private void give(Reservation reservation, long bytes) {
        lock.lock();
        try {
            taken += bytes;
            byProcess.merge(reservation.pid, bytes, (a, b) -> a + b == 0 ? null : a + b);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
