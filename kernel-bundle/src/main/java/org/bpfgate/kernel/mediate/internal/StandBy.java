package org.bpfgate.kernel.mediate.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where receivers wait while another one receives. One of them, the deputy, looks from time to time whether a request waits while
 * nobody receives, and goes to take it. Between requests it sleeps. Nobody is woken for a request that is answered at once:
 * that would cost more than all else that the gate does for it. Safe for use by several threads.
 */
final class StandBy {
    /** Many times what an answer takes. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** In so many looks in a row a request must wait: one may come just before a receiver is back, three of them hardly. */
    private static final int ENOUGH_LOOKS = 3;

    /** Threads in the kernel, or on the way there. */
    private final AtomicInteger receiving = new AtomicInteger();

    private final AtomicInteger received = new AtomicInteger();

    /** Whether the deputy sleeps until somebody receives a request. */
    private volatile boolean asleep;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forDeputy = lock.newCondition();
    private final Condition forOthers = lock.newCondition();

    /** All from here on are guarded by the lock. How many requests had been received when the deputy last looked. */
    private int seen;

    private @Nullable Thread deputy;

    /** In how many looks in a row a request waited. */
    private int sightings;

    /** Receivers that are not here; the first one comes later. */
    private int absent = 1;

    private boolean closing;

    /** Whether a request waits in the kernel. */
    interface Look {
        boolean seesRequest();
    }

    /** Tells that the calling thread goes to receive. */
    void receiving() {
        receiving.incrementAndGet();
    }

    /** Tells that it is back, so that others may have to receive meanwhile. */
    void received() {
        receiving.decrementAndGet();
        received.incrementAndGet();
        if (asleep) {
            lock.lock();
            try {
                forDeputy.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until there is something to do, unless nobody else receives. Of several that are busy, only those are busy again for whom
     * there is a request.
     *
     * @return true when the calling receiver is to receive again, false when it may end
     */
    boolean next(Look look) throws InterruptedException {
        lock.lock();
        try {
            boolean isNeeded = receiving.get() == 0 && (absent == 1 || look.seesRequest());
            if (isNeeded || closing) {
                return true;
            }
            absent--;
            return await(look);
        } finally {
            lock.unlock();
        }
    }

    /** Waits as {@link #next} does, with a thread that has not received yet. */
    boolean await(Look look) throws InterruptedException {
        lock.lock();
        try {
            while (!closing) {
                if (deputy == null) {
                    deputy = Thread.currentThread();
                }
                if (deputy != Thread.currentThread()) {
                    forOthers.await();
                } else if (isMissing(look)) {
                    absent++;
                    return true;
                } else {
                    sleep();
                }
            }
            return false;
        } finally {
            leave();
            lock.unlock();
        }
    }

    private boolean isMissing(Look look) {
        sightings = receiving.get() == 0 && look.seesRequest() ? sightings + 1 : 0;
        return sightings == ENOUGH_LOOKS;
    }

    /** Until the next look; when no request waits and nobody has received since the last one, until somebody does. */
    private void sleep() throws InterruptedException {
        int now = received.get();
        boolean isQuiet = now == seen && sightings == 0;
        seen = now;
        // Whoever receives counts first and looks then whether the deputy sleeps, so that one of the two sees the
        // other.
        asleep = isQuiet;
        try {
            long left = isQuiet ? Long.MAX_VALUE : LOOK_EVERY_NANOS;
            while (left > 0 && !closing && !(isQuiet && received.get() != now)) {
                left = forDeputy.awaitNanos(left);
            }
        } finally {
            asleep = false;
        }
    }

    private void leave() {
        if (deputy == Thread.currentThread()) {
            deputy = null;
            sightings = 0;
            forOthers.signal();
        }
    }

    /** Returns how many receivers are not here. */
    int absent() {
        lock.lock();
        try {
            return absent;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a receiver that failed. */
    void forget() {
        lock.lock();
        try {
            absent--;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all end who are here. Returns how many receivers are not; these come here no more, and receive until they are sent home. */
    int close() {
        lock.lock();
        try {
            closing = true;
            forDeputy.signal();
            forOthers.signalAll();
            return absent;
        } finally {
            lock.unlock();
        }
    }
}
