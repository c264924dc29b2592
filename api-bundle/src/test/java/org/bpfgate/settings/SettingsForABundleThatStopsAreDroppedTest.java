package org.bpfgate.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

class SettingsForABundleThatStopsAreDroppedTest {
    @Test
    void whileItStops() {
        assertThatCode(() -> update(contextOfABundleIn(Bundle.STOPPING), new IllegalStateException("no service")))
                .doesNotThrowAnyException();
    }

    /** The classes of a bundle that was updated cannot be loaded any more. */
    @Test
    void afterItHasStopped() {
        assertThatCode(() -> update(contextThatIsNotValid(), new NoClassDefFoundError("gone")))
                .doesNotThrowAnyException();
    }

    @Test
    void andAFaultOfABundleThatRunsIsThrown() {
        assertThatThrownBy(() -> update(contextOfABundleIn(Bundle.ACTIVE), new IllegalStateException("a fault")))
                .hasMessage("a fault");
    }

    private static void update(BundleContext context, Throwable fault) throws SettingException {
        SettingsTarget.Use use = new SettingsTarget.Use() {
            @Override
            public SettingsTarget.Change read(Settings settings) {
                return () -> {
                    if (fault instanceof Error e) {
                        throw e;
                    }
                    throw (RuntimeException) fault;
                };
            }

            @Override
            public String withoutConfiguration() {
                return "";
            }
        };
        new SettingsTarget(context, () -> false, "pid", "pid", List.of(), use)
                .update(FrameworkUtil.asDictionary(Map.of()));
    }

    private static BundleContext contextOfABundleIn(int state) {
        Bundle bundle = proxy(Bundle.class, state);
        return proxy(BundleContext.class, bundle);
    }

    private static BundleContext contextThatIsNotValid() {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> {
                    throw new IllegalStateException("Invalid BundleContext.");
                });
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer));
    }
}
