package org.bpfgate.observe.internal.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/**
 * Whether the clock by which certificates are judged can be believed: {@code CRITICAL} when it shows a time before this program was written,
 * {@code WARN} when it was set by more than a minute since the gate began, which a certificate's end may hang on. Safe for use by several
 * threads.
 */
final class ClockCheck implements HealthCheck {
    /** When this version was written; a clock of a machine without a battery shows 1970. */
    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");

    /** Daemons that correct a clock slowly stay far below. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Instant begun;
    private final long begunNanos;

    ClockCheck() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    ClockCheck(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        begun = clock.instant();
        begunNanos = nanoTime.getAsLong();
    }

    @Override
    public Result execute() {
        Instant now = clock.instant();
        if (now.isBefore(WRITTEN)) {
            return new Result(
                    Result.Status.CRITICAL,
                    "the clock shows " + now + "; no certificate can be judged by it: set the clock");
        }
        Duration set = Duration.between(begun.plusNanos(nanoTime.getAsLong() - begunNanos), now);
        return set.abs().compareTo(TOLERANCE) > 0
                ? new Result(
                        Result.Status.WARN,
                        "the clock was set " + (set.isNegative() ? "back" : "forward") + " by "
                                + set.abs().toSeconds() + " s since the gate began; certificates are judged by it")
                : new Result(Result.Status.OK, "the clock runs");
    }
}
