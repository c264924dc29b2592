package org.bpfgate.observe.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.junit.jupiter.api.Test;

class HealthTellsWhatIsWrongTest {
    private static final Instant BEGUN = Instant.parse("2027-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(7);
    private final AtomicReference<Instant> wall = new AtomicReference<>(BEGUN);

    private Clock wallClock() {
        InstantSource source = wall::get;
        return source.withZone(ZoneOffset.UTC);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wall.updateAndGet(now -> now.plus(time));
    }

    private static String message(HealthCheck check, Result.Status expected) {
        Result result = check.execute();
        assertThat(result.getStatus()).isEqualTo(expected);
        ResultLog.Entry entry = result.iterator().next();
        return entry.getMessage();
    }

    @Test
    void aClockThatWasSetIsAWarningAndOneThatRunsIsNot() {
        ClockCheck check = new ClockCheck(wallClock(), nanos::get);
        pass(Duration.ofDays(90));
        message(check, Result.Status.OK);
        wall.updateAndGet(now -> now.minusSeconds(61));
        assertThat(message(check, Result.Status.WARN)).contains("set back by 61 s");
        wall.updateAndGet(now -> now.plusSeconds(3661));
        assertThat(message(check, Result.Status.WARN)).contains("set forward by 3600 s");
    }

    @Test
    void aClockOfAMachineWithoutBatteryIsCritical() {
        wall.set(Instant.EPOCH);
        assertThat(message(new ClockCheck(wallClock(), nanos::get), Result.Status.CRITICAL))
                .contains("1970-01-01T00:00:00Z", "set the clock");
    }

    @Test
    void lostRecordsAreCriticalForAMinuteAndAWarningAfterIt() {
        Sink sink = new Sink();
        AuditCheck check = new AuditCheck(sink, nanos::get);
        message(check, Result.Status.OK);
        sink.lost = 3;
        assertThat(message(check, Result.Status.CRITICAL))
                .isEqualTo("3 audit records were lost, the last within the last minute: /var/audit: no space");
        pass(Duration.ofSeconds(61));
        assertThat(message(check, Result.Status.WARN)).contains("more than a minute ago");
        sink.lost = 4;
        message(check, Result.Status.CRITICAL);
    }

    @Test
    void recordsThatNobodyKeepsAreAWarning() {
        Sink sink = new Sink();
        sink.isOpen = false;
        assertThat(message(new AuditCheck(sink), Result.Status.WARN)).contains("nobody keeps audit records");
    }

    private static final class Sink implements AuditSink {
        private boolean isOpen = true;
        private long lost;

        @Override
        public boolean record(AuditRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public long lost() {
            return lost;
        }

        @Override
        public Optional<String> failure() {
            return lost == 0 ? Optional.empty() : Optional.of("/var/audit: no space");
        }

        @Override
        public boolean flush(Duration longest) {
            throw new UnsupportedOperationException();
        }
    }
}
