package org.bpfgate.framework.internal.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;

/**
 * Answers for modules that hang. It looks around from time to time and remembers where each call was; one that is still in
 * the same callback after the time budget is denied. So deciding threads need no clock.
 *
 * <p>The budget is wall time, not the module's CPU time: a module that waits for a lock or a file takes none of the latter, and its
 * clients wait all the same. So on a machine that is too busy a module can be denied that would have answered in time on an idle one.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** Looks per budget: a hanging callback is denied after at most 1 1/8 budgets. */
    private static final int LOOKS_PER_BUDGET = 8;

    private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos();

    /** Where a call was seen, and when for the first time. */
    private record Sighting(int callbacks, long sinceNanos) {}

    private final InFlight inFlight;
    private final Supplier<Duration> budget;
    private final Thread thread;
    private IdentityHashMap<HookCall, Sighting> seen = new IdentityHashMap<>();
    private volatile boolean closed;

    public Watchdog(InFlight inFlight, Supplier<Duration> budget) {
        this.inFlight = inFlight;
        this.budget = budget;
        thread = new Thread(this::watch, "bpfgate-watchdog");
        thread.setDaemon(true);
    }

    /**
     * Begins to watch.
     *
     * @param budget asked at each look, so that a new setting takes effect
     */
    public static Watchdog start(InFlight inFlight, Supplier<Duration> budget) {
        Watchdog watchdog = new Watchdog(inFlight, budget);
        watchdog.thread.start();
        return watchdog;
    }

    private void watch() {
        while (!closed) {
            long nanos = budget.get().toNanos();
            LockSupport.parkNanos(Math.max(SHORTEST_NANOS, nanos / LOOKS_PER_BUDGET));
            try {
                look(System.nanoTime(), nanos);
            } catch (Throwable e) {
                // Without a watchdog a hanging module would hang its clients for good.
                LOG.log(Level.ERROR, "the watchdog stumbled, and goes on", e);
            }
        }
    }

    /**
     * Compares what is on its way with what was at the last look.
     *
     * @param now the time of this look, in nanoseconds of a clock that only goes forward
     * @param budgetNanos how long a callback may take
     */
    public void look(long now, long budgetNanos) {
        IdentityHashMap<HookCall, Sighting> next = new IdentityHashMap<>();
        inFlight.forEach(call -> {
            ModuleRecord hanging = call.calling();
            if (hanging != null) {
                Sighting before = seen.get(call);
                int callbacks = call.callbacks();
                if (before == null || before.callbacks() != callbacks) {
                    next.put(call, new Sighting(callbacks, now));
                } else if (now - before.sinceNanos() < budgetNanos) {
                    next.put(call, before);
                } else {
                    expire(call, hanging, budgetNanos);
                }
            }
        });
        seen = next;
    }

    private static void expire(HookCall call, ModuleRecord hanging, long budgetNanos) {
        String how = "did not return within " + Duration.ofNanos(budgetNanos).toMillis() + " ms";
        if (call.expire(HookResult.deny(Errno.ETIMEDOUT, "module " + hanging.lsm + " " + how)) && !call.isDryRun()) {
            hanging.failed(how, null);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
