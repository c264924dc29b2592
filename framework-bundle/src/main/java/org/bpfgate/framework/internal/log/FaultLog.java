package org.bpfgate.framework.internal.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs the faults of one source so that a source that fails at every call does not fill the log. Safe for use by several threads.
 *
 * <p>What is logged:
 * <ul>
 *   <li>the first fault, with its stack trace
 *   <li>the first fault that is reported as a turn for the worse, such as a module that becomes unhealthy
 *   <li>of all others at most one a minute, with the number of those that were not logged
 * </ul>
 */
public final class FaultLog {
    /** The shortest time between two lines about repeated faults. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Logger log;
    private final LongSupplier nanoTime;
    private boolean first = true;
    private boolean worse;
    private long lastNanos;
    private long unlogged;

    /** Logs by the clock of the machine. */
    public FaultLog(Logger log) {
        this(log, System::nanoTime);
    }

    /**
     * Logs by another clock.
     *
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public FaultLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /**
     * Logs a fault, or counts it.
     *
     * @param line what happened; one line
     * @param cause its stack trace goes with the first fault; null for none
     */
    public void fault(String line, @Nullable Throwable cause) {
        fault(line, cause, false);
    }

    /**
     * Logs a fault, or counts it.
     *
     * @param turn whether the source is in a worse state since this fault
     */
    public void fault(String line, @Nullable Throwable cause, boolean turn) {
        String more = take(turn);
        if (more == null) {
            return;
        }
        if (more.isEmpty()) {
            log.log(Level.ERROR, line, cause);
        } else {
            log.log(Level.ERROR, line + more);
        }
    }

    /** Returns what to add to the line; null when it is not logged, empty for the first one. */
    private synchronized @Nullable String take(boolean turn) {
        long now = nanoTime.getAsLong();
        if (first) {
            first = false;
            lastNanos = now;
            return "";
        }
        boolean firstTurn = turn && !worse;
        worse |= turn;
        if (!firstTurn && now - lastNanos < PAUSE.toNanos()) {
            unlogged++;
            return null;
        }
        String more = " (" + unlogged + " more faults since the last line)";
        unlogged = 0;
        lastNanos = now;
        return more;
    }
}
