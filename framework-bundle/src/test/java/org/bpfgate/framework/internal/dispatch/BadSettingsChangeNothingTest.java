package org.bpfgate.framework.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfgate.framework.internal.ConfigurationListener;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;

/** New settings take effect at once; bad ones are reported to who made them, and the last good ones stay. */
class BadSettingsChangeNothingTest {
    private static final StackConfiguration DEFAULTS = new StackConfiguration(
            List.of(), List.of(), Duration.ofMillis(7), Duration.ofMillis(8), Duration.ofMillis(9));

    private final TestStack stack = new TestStack();
    private final ConfigurationListener listener =
            new ConfigurationListener(NoServices.context(), stack.registry, DEFAULTS);

    private static Dictionary<String, Object> settings(Map<String, Object> values) {
        return FrameworkUtil.asDictionary(values);
    }

    @BeforeEach
    void registerTwo() {
        stack.add(Policy.allowing("first"), 20);
        stack.add(Policy.allowing("second"), 10);
    }

    @Test
    void newSettingsTakeEffectAtOnce() throws ConfigurationException {
        listener.updated(settings(Map.of("lsm.order", "second", "lsm.hold", 1)));
        assertThat(stack.names()).containsExactly("second", "first");
        assertThat(stack.registry.configuration().hold()).isEqualTo(Duration.ofMillis(1));
        assertThat(stack.registry.configuration().drainBudget()).isEqualTo(DEFAULTS.drainBudget());
    }

    @Test
    void badSettingsAreReportedUnderTheirKeyAndTheLastGoodOnesStay() throws ConfigurationException {
        listener.updated(settings(Map.of("lsm.order", "second", "lsm.required", "first")));
        StackConfiguration good = stack.registry.configuration();
        long generation = stack.hooks.stack().generation();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> listener.updated(settings(Map.of("lsm.order", "first", "lsm.hold", -1))))
                .satisfies(e -> assertThat(e.getProperty()).isEqualTo("lsm.hold"));
        assertThat(stack.registry.configuration()).isSameAs(good);
        assertThat(stack.hooks.stack().generation()).isEqualTo(generation);
    }

    @Test
    void deletedSettingsBringTheDefaultsBack() throws ConfigurationException {
        listener.updated(settings(Map.of("lsm.order", "second")));
        listener.updated(null);
        assertThat(stack.registry.configuration()).isEqualTo(DEFAULTS);
        assertThat(stack.names()).containsExactly("first", "second");
    }

    static Stream<Duration> timesThatAreNone() {
        return Stream.of(
                Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE), StackConfiguration.LONGEST.plusNanos(1));
    }

    @ParameterizedTest
    @MethodSource("timesThatAreNone")
    void noConfigurationHasSuchTimes(Duration time) {
        Duration good = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackConfiguration(List.of(), List.of(), time, good, good));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackConfiguration(List.of(), List.of(), good, time, good));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StackConfiguration(List.of(), List.of(), good, good, time));
    }
}
