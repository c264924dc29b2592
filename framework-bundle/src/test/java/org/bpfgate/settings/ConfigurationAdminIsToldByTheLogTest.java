package org.bpfgate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.bpfgate.framework.internal.log.LogLines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** What is wrong with settings is one line each, once; another caller than Configuration Admin gets an exception instead. */
class ConfigurationAdminIsToldByTheLogTest {
    private static final String PID = "org.bpfgate.test";

    private final LogLines log = new LogLines(PID);
    private final Numbers numbers = new Numbers();
    private boolean isCalledByConfigurationAdmin = true;
    private List<String> problems = List.of();
    private final SettingsTarget target = new SettingsTarget(
            bundle(), () -> isCalledByConfigurationAdmin, PID, PID, List.of("one", "two", "needs"), numbers);

    /** Two numbers, and a thing that may not be here yet. */
    private static final class Numbers implements SettingsTarget.Use {
        private boolean isHere;
        private @Nullable Long sum;

        @Override
        public SettingsTarget.Change read(Settings settings) {
            long one = settings.read(() -> settings.number("one", "a number", 0, 9, 1), 0L);
            long two = settings.read(() -> settings.number("two", "a number", 0, 9, 1), 0L);
            return () -> {
                if (settings.has("needs") && !isHere) {
                    throw SettingException.notYet("needs", "it is not\nhere", new IllegalStateException());
                }
                sum = one + two;
            };
        }

        @Override
        public String withoutConfiguration() {
            sum = null;
            return "there is no sum";
        }
    }

    @AfterEach
    void giveTheLogBack() {
        log.close();
    }

    /** A bundle that runs, and what it tells as problems. */
    private BundleContext bundle() {
        Bundle active = proxy(Bundle.class, (method, arguments) -> Bundle.ACTIVE);
        ServiceRegistration<?> registration = proxy(ServiceRegistration.class, (method, arguments) -> {
            problems = method.equals("setProperties") ? problems((Dictionary<?, ?>) arguments[0]) : List.of();
            return null;
        });
        return proxy(BundleContext.class, (method, arguments) -> switch (method) {
            case "getBundle" -> active;
            case "registerService" -> {
                problems = problems((Dictionary<?, ?>) arguments[2]);
                yield registration;
            }
            default -> null;
        });
    }

    private static List<String> problems(Dictionary<?, ?> properties) {
        return List.of((String[]) properties.get(ProblemReport.PROBLEM));
    }

    private static <T> T proxy(Class<T> type, BiFunction<String, Object[], @Nullable Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName(), arguments)));
    }

    private void update(Map<String, Object> settings) throws SettingException {
        target.update(FrameworkUtil.asDictionary(settings));
    }

    @Test
    void eachFaultOfOneWriteIsOneLine() throws SettingException {
        update(Map.of("one", 4, "two", 5));
        update(Map.of("one", "x", "two", -1, "tow", 1, "unheardOf", 1));
        assertThat(log.take())
                .containsExactly(
                        "SEVERE org.bpfgate.test: tow: there is no such setting; the nearest one is two (known are needs, one, two);"
                                + " the settings stay as they were",
                        "SEVERE org.bpfgate.test: unheardOf: there is no such setting; known are needs, one, two;"
                                + " the settings stay as they were",
                        "SEVERE org.bpfgate.test: one: expected a number, 0 to 9, found \"x\"; the settings stay as they were",
                        "SEVERE org.bpfgate.test: two: expected a number, 0 to 9, found \"-1\"; the settings stay as they were");
        assertThat(numbers.sum).isEqualTo(9);
    }

    @Test
    void whatIsWrongNowIsAProblemUntilItIsMended() throws SettingException {
        update(Map.of("one", "x", "two", -1));
        assertThat(problems)
                .containsExactly(
                        "org.bpfgate.test: one: expected a number, 0 to 9, found \"x\"; these settings are not in use",
                        "org.bpfgate.test: two: expected a number, 0 to 9, found \"-1\"; these settings are not in use");
        update(Map.of("one", "x"));
        assertThat(problems).hasSize(1);
        update(Map.of("needs", "it"));
        assertThat(problems).singleElement().asString().contains("it is not here");
        target.retry();
        assertThat(problems).singleElement().asString().contains("it is not here");
        numbers.isHere = true;
        target.retry();
        assertThat(problems).isEmpty();
        update(Map.of("one", "x"));
        target.update(null);
        assertThat(problems).isEmpty();
    }

    @Test
    void anotherCallerGetsAnExceptionAndNoLine() {
        isCalledByConfigurationAdmin = false;
        assertThatThrownBy(() -> update(Map.of("one", "x"))).isInstanceOf(SettingException.class);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void whatCannotBeUsedYetIsAWarningOnceAndThenUsed() throws SettingException {
        update(Map.of("needs", "it"));
        target.retry();
        target.retry();
        assertThat(log.take())
                .containsExactly("WARNING org.bpfgate.test: needs: it is not here; these settings are not in use");
        numbers.isHere = true;
        target.retry();
        target.retry();
        assertThat(log.take())
                .containsExactly("INFO org.bpfgate.test: the settings that were refused before can be used now");
        assertThat(numbers.sum).isEqualTo(2);
    }

    @Test
    void settingsThatWereRefusedAndDeletedAreNotTriedAgain() throws SettingException {
        update(Map.of("needs", "it"));
        target.update(null);
        numbers.isHere = true;
        log.take();
        target.retry();
        assertThat(log.take()).isEmpty();
        assertThat(numbers.sum).isNull();
    }

    @Test
    void aNewWriteOfTheSameFaultIsToldAgain() throws SettingException {
        update(Map.of("one", "x"));
        update(Map.of("one", "x"));
        assertThat(log.take()).hasSize(2);
        update(Map.of("one", 3));
        assertThat(log.take()).containsExactly("INFO org.bpfgate.test: the settings can be used now");
    }

    @Test
    void aDeletedConfigurationIsOneLineAndOneThatNeverWasIsNone() throws SettingException {
        target.update(null);
        assertThat(log.take()).isEmpty();
        update(Map.of());
        target.update(null);
        target.update(null);
        assertThat(log.take())
                .containsExactly("WARNING org.bpfgate.test: the configuration was deleted: there is no sum");
    }
}
