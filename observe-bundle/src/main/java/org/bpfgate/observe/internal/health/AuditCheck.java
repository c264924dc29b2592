package org.bpfgate.observe.internal.health;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bpfgate.audit.AuditSink;

/**
 * Whether audit records are kept: {@code CRITICAL} when some were lost within the last minute, {@code WARN} when some were lost before or
 * nobody keeps any. Safe for use by several threads.
 */
final class AuditCheck implements HealthCheck {
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final AuditSink audit;
    private final LongSupplier nanoTime;
    private long lostBefore;
    private long lostAt;

    AuditCheck(AuditSink audit) {
        this(audit, System::nanoTime);
    }

    AuditCheck(AuditSink audit, LongSupplier nanoTime) {
        this.audit = audit;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Result execute() {
        long lost = audit.lost();
        long now = nanoTime.getAsLong();
        if (lost > lostBefore) {
            lostBefore = lost;
            lostAt = now;
        }
        if (lost > 0) {
            boolean isRecent = now - lostAt < RECENT.toNanos();
            return GateHealth.result(
                    isRecent ? Result.Status.CRITICAL : Result.Status.WARN,
                    Stream.of(lost + " audit records were lost, the last "
                            + (isRecent ? "within the last minute" : "more than a minute ago")
                            + audit.failure().map(reason -> ": " + reason).orElse("")));
        }
        return audit.isOpen()
                ? new Result(Result.Status.OK, "all records are kept")
                : new Result(
                        Result.Status.WARN,
                        "nobody keeps audit records; the setting file of org.bpfgate.audit names where");
    }
}
