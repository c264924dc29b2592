package org.bpfgate.kernel.mediate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private final KernelSettings settings = new KernelSettings();

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
        "prbes, x, 'unknown setting \"prbes\"; the only one is probes'",
        "probes, ' ', 'expected one path'",
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
                .isThrownBy(() -> settings.updated(properties("probes", 7)))
                .withMessageContaining("expected one path, found \"7\"");
        String noList =
                Files.writeString(directory.resolve("no-list"), "probe\n").toString();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.updated(properties("probes", noList)))
                .withMessageContaining(noList);
    }
}
