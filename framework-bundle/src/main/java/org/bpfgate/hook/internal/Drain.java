package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;

/**
 * Waits until nobody can call a module any more, so that its bundle may stop: for the calls whose generation still has it,
 * after a newer one without it was published. Calls that take too long are denied.
 */
final class Drain {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** Between two looks at the calls on their way; they take microseconds. */
    private static final long LOOK_NANOS = Duration.ofNanos(50_000).toNanos();

    /** For a denied call to notice that it is over, when it is between two callbacks. */
    private static final Duration NOTICE = Duration.ofMillis(100);

    private final InFlight inFlight;

    Drain(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /**
     * Waits for one module. A call on this very thread, in which one module stops its own or another's bundle, cannot be waited
     * for, so it is denied at once.
     *
     * @param record the module, which the current generation does not have
     * @param patience how long calls may take before they are denied
     */
    void await(ModuleRecord record, Duration patience) {
        HookResult denial =
                HookResult.deny(Errno.ETIMEDOUT, "module " + record.lsm + " was stopped while it was still needed");
        inFlight.forEachHere(walk -> expire(walk, record, denial));
        if (waitUntilUnused(record, patience)) {
            return;
        }
        LOG.log(
                Level.ERROR,
                () -> "calls still use module " + record.lsm + " after " + patience.toMillis()
                        + " ms; they are denied, and the module stops");
        inFlight.forEach(walk -> expire(walk, record, denial));
        awaitNotice(record);
    }

    private static void expire(HookWalk walk, ModuleRecord record, HookResult denial) {
        if (walk.generation().uses(record)) {
            walk.expire(denial);
        }
    }

    private boolean waitUntilUnused(ModuleRecord record, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (inFlight.anyElsewhere(walk -> walk.generation().uses(record))) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** A denied call begins no callback; one that is inside a callback stays there, and nothing can take it out. */
    private void awaitNotice(ModuleRecord record) {
        long deadline = System.nanoTime() + NOTICE.toNanos();
        while (inFlight.anyElsewhere(walk -> walk.generation().uses(record) && walk.calling() == null)
                && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
