package org.bpfgate.kernel.internal.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which worker receives. At most one does, the leader, because the kernel wakes all that wait there for each request. The
 * leader gives the lead up while it answers a request and takes it back afterwards, so a request that is answered soon wakes nobody
 * else. Of the workers that rest, one is the deputy: it looks every millisecond, as long as requests come or nobody leads, and takes
 * the lead when the leader has been away with one request for {@value #ENOUGH_LOOKS} looks. Safe for use by several threads.
 *
 * <p>A request therefore waits at most about {@value #ENOUGH_LOOKS} milliseconds because another one takes long, and once: the deputy
 * then stays. How long somebody is away does not matter, nor how many are.
 */
final class LeaderFollowers {
    /** Many times what most answers take. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The first look may come right after the leader left, and a busy machine may keep a leader from its processor for a moment. */
    static final int ENOUGH_LOOKS = 3;

    /** More resting workers than this end; many slow requests at once leave this number. */
    static final int MOST_RESTING = 8;

    /** Whether a worker receives. */
    private final AtomicBoolean led = new AtomicBoolean();

    /** How often the lead was given up. */
    private final AtomicInteger departures = new AtomicInteger();

    /** Whether the deputy sleeps until the lead is given up. */
    private volatile boolean asleep;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forDeputy = lock.newCondition();
    private final Condition forOthers = lock.newCondition();

    /** How many workers rest; written with the lock held. */
    private volatile int resting;

    /** Whether nobody leads any more; written with the lock held. */
    private volatile boolean closed;

    /** All from here on are guarded by the lock. The departures at the deputy's last look. */
    private int seen;

    /** In how many looks in a row nobody led since the same departure. */
    private int sightings;

    /** Whether at the deputy's last look somebody led and had done so since the look before. */
    private boolean isQuiet;

    private @Nullable Thread deputy;

    /**
     * Takes the lead when nobody has it, and else rests until there is need. Who leads receives, and gives the lead up before it does
     * anything that may take long.
     *
     * @return true when the calling worker has the lead; false when it is not needed any more
     */
    boolean lead() throws InterruptedException {
        return tryLead() || awaitLead();
    }

    private boolean tryLead() {
        return !closed && !led.get() && led.compareAndSet(false, true);
    }

    /** Gives the lead up; after the end it stays where it is. */
    void giveUp() {
        if (closed) {
            return;
        }
        led.set(false);
        departures.incrementAndGet();
        // The deputy says first that it sleeps and looks then, so that one of the two sees the other.
        if (asleep) {
            lock.lock();
            try {
                forDeputy.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns how many workers rest. */
    int resting() {
        return resting;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written with the lock held only.
    private boolean awaitLead() throws InterruptedException {
        lock.lock();
        try {
            if (closed || resting == MOST_RESTING) {
                return false;
            }
            resting++;
            try {
                return rest();
            } finally {
                resting--;
                if (deputy == Thread.currentThread()) {
                    deputy = null;
                    forOthers.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean rest() throws InterruptedException {
        while (!closed) {
            if (deputy == null) {
                deputy = Thread.currentThread();
                sightings = 0;
            }
            if (deputy != Thread.currentThread()) {
                forOthers.await();
            } else if (seesLeaderAway() && tryLead()) {
                return true;
            } else {
                sleep();
            }
        }
        return false;
    }

    private boolean seesLeaderAway() {
        int now = departures.get();
        boolean isLed = led.get();
        isQuiet = isLed && now == seen;
        sightings = isLed ? 0 : now == seen ? sightings + 1 : 1;
        seen = now;
        return sightings >= ENOUGH_LOOKS;
    }

    /** Until the next look; while somebody leads and nothing has happened since the last one, until the lead is given up. */
    private void sleep() throws InterruptedException {
        asleep = isQuiet;
        try {
            long left = isQuiet ? Long.MAX_VALUE : LOOK_EVERY_NANOS;
            while (left > 0 && !closed && !(isQuiet && departures.get() != seen)) {
                left = forDeputy.awaitNanos(left);
            }
        } finally {
            asleep = false;
        }
    }

    /** Nobody takes the lead any more, and nobody rests. */
    void close() {
        lock.lock();
        try {
            closed = true;
            forDeputy.signal();
            forOthers.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
