package org.bpfgate.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;

/** The settings of the mediation: a bad one changes nothing and says what is wrong. */
class KernelSettingsTest {
    private static final String OWN = """
            format=bpfgate-feature-probes 1
            version=own
            """;

    @TempDir
    Path directory;

    private final KernelSettings settings = new KernelSettings(noServices());

    /** The context of a framework without Configuration Admin, so that faults are thrown. */
    private static BundleContext noServices() {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null);
    }

    private static Dictionary<String, ?> properties(String key, Object value) {
        return FrameworkUtil.asDictionary(
                Map.of("service.pid", KernelSettings.PID, "felix.fileinstall.filename", "x", key, value));
    }

    private String own() throws IOException {
        return Files.writeString(directory.resolve("probes"), OWN).toString();
    }

    @Test
    void withoutASettingTheListThatShipsCounts() throws ConfigurationException {
        settings.updated(null);
        assertThat(settings.probes()).isSameAs(FeatureProbes.shipped());
        settings.updated(FrameworkUtil.asDictionary(Map.of("service.pid", KernelSettings.PID)));
        assertThat(settings.probes()).isSameAs(FeatureProbes.shipped());
    }

    @Test
    void aListOfOnesOwnCountsUntilTheSettingIsGone() throws IOException, ConfigurationException {
        settings.updated(properties("probes", own()));
        assertThat(settings.probes().version()).isEqualTo("own");
        settings.updated(null);
        assertThat(settings.probes()).isSameAs(FeatureProbes.shipped());
    }

    @ParameterizedTest
    @CsvSource({
        "prbes, x, 'there is no such setting; the nearest one is probes (known are probes)'",
        "service.ranking, 7, 'there is no such setting'",
        "probes, ' ', 'expected one text that is not empty'",
        "probes, /nowhere/at/all, '/nowhere/at/all: no such file'",
        "probes, /, '/: cannot be read'",
    })
    void aBadSettingChangesNothing(String key, String value, String message) throws Exception {
        settings.updated(properties("probes", own()));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.updated(properties(key, value)))
                .satisfies(refused -> assertThat(refused.getReason()).contains(message));
        assertThat(settings.probes().version()).isEqualTo("own");
    }

    @Test
    void aValueThatIsNoTextAndAFileThatIsNoListAreRefused() throws IOException {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.updated(properties("probes", List.of("a", "b"))))
                .withMessageContaining("expected one text that is not empty, found \"[a, b]\"");
        String noList =
                Files.writeString(directory.resolve("no-list"), "probe\n").toString();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.updated(properties("probes", noList)))
                .withMessageContaining(noList);
    }
}
