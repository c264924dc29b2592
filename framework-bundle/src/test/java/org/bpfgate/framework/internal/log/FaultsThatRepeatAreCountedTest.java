package org.bpfgate.framework.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A source that fails at every call does not fill the log. */
class FaultsThatRepeatAreCountedTest {
    private static final long SECOND = 1_000_000_000;

    private final List<String> lines = new ArrayList<>();
    private long now;

    /** Keeps lines, and tells which have a stack trace. */
    private final Logger log = new Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            lines.add(message + (thrown == null ? "" : " +trace"));
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... parameters) {
            lines.add(String.valueOf(format));
        }
    };

    private final FaultLog faults = new FaultLog(log, () -> now);

    private void fail(String line, boolean turn) {
        faults.fault(line, new IllegalStateException("boom"), turn);
    }

    @Test
    void theFirstWithItsTraceThenTheTurnThenOneAMinute() {
        fail("a", false);
        fail("b", false);
        fail("c", true);
        for (int i = 0; i < 1_000; i++) {
            fail("d", i % 3 == 0);
        }
        now = 59 * SECOND;
        fail("e", false);
        assertThat(lines).containsExactly("a +trace", "c (1 more faults since the last line)");
        now = 60 * SECOND;
        fail("f", false);
        fail("g", false);
        assertThat(lines).last().isEqualTo("f (1001 more faults since the last line)");
        now = 120 * SECOND;
        fail("h", false);
        assertThat(lines).hasSize(4).last().isEqualTo("h (1 more faults since the last line)");
    }

    @Test
    void aSourceThatFailsSeldomIsLoggedEachTime() {
        for (int i = 0; i < 3; i++) {
            fail("seldom", false);
            now += 61 * SECOND;
        }
        assertThat(lines).hasSize(3);
    }
}
