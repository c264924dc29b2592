package org.bpfgate.kernel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import org.bpfgate.kernel.internal.probe.FeatureProbeException;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * The settings of the mediation: {@value #PROBES}, a file with the feature probes that are recognised instead of those that ship. A
 * command that runs keeps the list with which it began. Safe for use by several threads.
 */
final class KernelSettings implements ManagedService, SettingsTarget.Use {
    /** The {@code service.pid}. */
    static final String PID = "org.bpfgate.kernel";

    private static final String PROBES = "probes";

    /** More than the reader takes; the rest of a file is not read. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    private final SettingsTarget target;
    private volatile @Nullable FeatureProbes configured;

    KernelSettings(BundleContext context) {
        target = new SettingsTarget(context, PID, List.of(PROBES), this);
    }

    /** Returns the feature probes that are recognised now. */
    FeatureProbes probes() {
        FeatureProbes known = configured;
        return known == null ? FeatureProbes.shipped() : known;
    }

    /**
     * Takes the settings; without any the list that ships counts.
     *
     * @throws ConfigurationException when a setting is unknown, or the file cannot be read or is no list of probes, and the caller is
     *     not Configuration Admin, for which the log has the error; then nothing changes
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    @Override
    public SettingsTarget.Change read(Settings settings) throws SettingException {
        Path file = settings.path(PROBES);
        FeatureProbes probes = file == null ? null : read(file);
        return () -> configured = probes;
    }

    @Override
    public String withoutConfiguration() {
        configured = null;
        return "the feature probes that ship are recognised";
    }

    private static FeatureProbes read(Path file) throws SettingException {
        try (InputStream in = Files.newInputStream(file)) {
            return FeatureProbes.read(file.toString(), in.readNBytes(MOST_BYTES));
        } catch (FeatureProbeException e) {
            throw new SettingException(PROBES, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new SettingException(PROBES, file + ": " + describe(e), e);
        }
    }

    private static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : "cannot be read: " + e.getMessage();
    }
}
