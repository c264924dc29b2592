package org.bpfgate.framework.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which values the settings take, in which forms, and what is said of the others. */
class SettingsReaderTest {
    private static final StackConfiguration OTHERWISE = new StackConfiguration(
            List.of("first"), List.of("needed"), Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3));

    private static StackConfiguration read(Map<String, Object> settings) throws SettingException {
        Settings source = Settings.from(settings::get);
        StackConfiguration read = SettingsReader.read(source, OTHERWISE);
        source.complete();
        return read;
    }

    @Test
    void keysWithoutAValueKeepWhatHoldsOtherwise() throws SettingException {
        assertThat(read(Map.of())).isEqualTo(OTHERWISE);
    }

    @Test
    void everyKeyIsRead() throws SettingException {
        Map<String, Object> settings = Map.of(
                "lsm.order", "hornet,ipe",
                "lsm.required", "ipe",
                "lsm.hold", 10L,
                "lsm.budget.callback", 20L,
                "lsm.budget.drain", 30L);
        assertThat(read(settings))
                .isEqualTo(new StackConfiguration(
                        List.of("hornet", "ipe"),
                        List.of("ipe"),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(30)));
    }

    static Stream<Arguments> goodNames() {
        return Stream.of(
                Arguments.of("hornet,ipe", List.of("hornet", "ipe")),
                Arguments.of(" hornet , ipe ", List.of("hornet", "ipe")),
                Arguments.of("hornet,,ipe,", List.of("hornet", "ipe")),
                Arguments.of("", List.of()),
                Arguments.of(" , ", List.of()),
                Arguments.of(new String[] {"hornet", "ipe"}, List.of("hornet", "ipe")),
                Arguments.of(new String[] {}, List.of()),
                Arguments.of(new String[] {" hornet", ""}, List.of("hornet")),
                Arguments.of(List.of("hornet", "ipe"), List.of("hornet", "ipe")),
                Arguments.of(Set.of("hornet"), List.of("hornet")),
                Arguments.of("a", List.of("a")),
                Arguments.of("a-b_9", List.of("a-b_9")),
                Arguments.of("a".repeat(32), List.of("a".repeat(32))));
    }

    @ParameterizedTest
    @MethodSource("goodNames")
    void namesComeAsTextArrayOrCollection(Object value, List<String> names) throws SettingException {
        assertThat(read(Map.of("lsm.order", value)).order()).isEqualTo(names);
        assertThat(read(Map.of("lsm.required", value)).required()).isEqualTo(names);
    }

    static Stream<Arguments> badNames() {
        return Stream.of(
                Arguments.of("Hornet", "\"Hornet\""),
                Arguments.of("hornet ipe", "\"hornet ipe\""),
                Arguments.of("hornet;ipe", "\"hornet;ipe\""),
                Arguments.of("9lives", "\"9lives\""),
                Arguments.of("-", "\"-\""),
                Arguments.of("a".repeat(33), "\"" + "a".repeat(33) + "\""),
                Arguments.of("hornet,ipe,hornet", "hornet is named twice"),
                Arguments.of(new String[] {"ipe", "ipe "}, "ipe is named twice"),
                Arguments.of(List.of("ipe", "ipe"), "ipe is named twice"),
                Arguments.of(new String[] {"ipe", null}, "null"),
                Arguments.of(Arrays.asList("ipe", null), "null"),
                Arguments.of(List.of(1, 2), "\"1\""),
                Arguments.of(new int[] {1}, "not the name"),
                Arguments.of("true!", "\"true!\""));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void otherNamesAreRefusedUnderTheirKeyWithTheirText(Object value, String found) {
        for (String key : List.of("lsm.order", "lsm.required")) {
            assertThatExceptionOfType(SettingException.class)
                    .isThrownBy(() -> read(Map.of(key, value)))
                    .withMessageContaining(found)
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));
        }
    }

    static Stream<Arguments> goodTimes() {
        return Stream.of(
                Arguments.of(1, 1L),
                Arguments.of(1L, 1L),
                Arguments.of("1", 1L),
                Arguments.of((short) 7, 7L),
                Arguments.of("5000", 5000L),
                Arguments.of("86400000", 86_400_000L));
    }

    @ParameterizedTest
    @MethodSource("goodTimes")
    void millisecondsComeAsNumberOrDigits(Object value, long millis) throws SettingException {
        Duration expected = Duration.ofMillis(millis);
        assertThat(read(Map.of("lsm.hold", value)).hold()).isEqualTo(expected);
        assertThat(read(Map.of("lsm.budget.callback", value)).callbackBudget()).isEqualTo(expected);
        assertThat(read(Map.of("lsm.budget.drain", value)).drainBudget()).isEqualTo(expected);
    }

    static Stream<Object> badTimes() {
        return Stream.of(
                -1,
                -1L,
                "-1",
                "",
                " ",
                "5 s",
                "5s",
                "1.5",
                "0x10",
                "five",
                "99999999999999999999",
                Long.MAX_VALUE,
                86_400_001L,
                Long.MIN_VALUE,
                Double.NaN,
                1.5,
                true,
                List.of(1),
                1e30);
    }

    @ParameterizedTest
    @MethodSource("badTimes")
    void otherTimesAreRefusedUnderTheirKey(Object value) {
        for (String key : List.of("lsm.hold", "lsm.budget.callback", "lsm.budget.drain")) {
            assertThatExceptionOfType(SettingException.class)
                    .isThrownBy(() -> read(Map.of(key, value)))
                    .withMessageContaining("milliseconds")
                    .withMessageContaining("found \"" + value + "\"")
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));
        }
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> read(Map.of("lsm.hold", "x", "lsm.order", "A", "lsm.budget.drain", "y")))
                .satisfies(e -> assertThat(e.all())
                        .extracting(SettingException::key)
                        .containsExactly("lsm.order", "lsm.hold", "lsm.budget.drain"));
    }

    @Test
    void zeroIsATimeToHoldAndToDrainButNoBudgetForACallback() throws SettingException {
        assertThat(read(Map.of("lsm.hold", 0)).hold()).isZero();
        assertThat(read(Map.of("lsm.budget.drain", "0")).drainBudget()).isZero();
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> read(Map.of("lsm.budget.callback", 0)))
                .withMessageContaining("1 to 86400000");
    }
}
