package org.bpfgate.kernel.mediate.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import org.bpfgate.kernel.internal.probe.FeatureProbeException;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * The settings of the mediation: {@value #PROBES}, a file with the feature probes that are recognised instead of those that ship. A
 * command that runs keeps the list with which it began. Safe for use by several threads.
 */
final class KernelSettings implements ManagedService {
    /** The {@code service.pid}. */
    static final String PID = "org.bpfgate.kernel";

    private static final String PROBES = "probes";

    /** More than the reader takes; the rest of a file is not read. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    private volatile @Nullable FeatureProbes configured;

    /** Returns the feature probes that are recognised now. */
    FeatureProbes probes() {
        FeatureProbes known = configured;
        return known == null ? FeatureProbes.shipped() : known;
    }

    /**
     * Takes the settings; without any the list that ships counts.
     *
     * @throws ConfigurationException when a setting is unknown, or the file cannot be read or is no list of probes; then nothing changes
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        Object file = properties == null ? null : properties.get(PROBES);
        if (properties != null) {
            requireKnown(properties);
        }
        if (file != null && !(file instanceof String text && !text.isBlank())) {
            throw new ConfigurationException(PROBES, "expected one path, found \"" + file + "\"");
        }
        configured = file == null ? null : read((String) file);
    }

    private static void requireKnown(Dictionary<String, ?> properties) throws ConfigurationException {
        for (String key : Collections.list(properties.keys())) {
            boolean isContainers = key.startsWith("service.") || key.startsWith("felix.") || key.startsWith(".");
            if (!key.equals(PROBES) && !key.equals(Constants.SERVICE_PID) && !isContainers) {
                throw new ConfigurationException(key, "unknown setting \"" + key + "\"; the only one is " + PROBES);
            }
        }
    }

    private static FeatureProbes read(String file) throws ConfigurationException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return FeatureProbes.read(file, in.readNBytes(MOST_BYTES));
        } catch (FeatureProbeException e) {
            throw new ConfigurationException(PROBES, e.getMessage(), e);
        } catch (InvalidPathException | IOException e) {
            throw new ConfigurationException(PROBES, file + ": " + describe(e), e);
        }
    }

    private static String describe(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : "cannot be read: " + e.getMessage();
    }
}
