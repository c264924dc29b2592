package org.bpfgate.kernel.internal.probe;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.program.ProgramLoad;

/**
 * The probes that are known, by the length of their instructions. Immutable; safe for use by several threads.
 */
public final class FeatureProbes {
    private static final String RESOURCE = "feature-probes.txt";

    /** Read when it is first asked for. */
    private static final class Shipped {
        static final FeatureProbes PROBES = read();

        private static FeatureProbes read() {
            try (InputStream in = FeatureProbes.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the bundle lacks " + RESOURCE);
                }
                return FeatureProbeReader.read(RESOURCE, in.readAllBytes());
            } catch (IOException | FeatureProbeException e) {
                throw new IllegalStateException(
                        "the list of feature probes that ships is broken: " + e.getMessage(), e);
            }
        }
    }

    private final String version;
    private final Map<Integer, List<FeatureProbe>> bySize = new HashMap<>();

    FeatureProbes(String version, List<FeatureProbe> probes) {
        this.version = version;
        for (FeatureProbe probe : probes) {
            bySize.computeIfAbsent(probe.instructions().size(), size -> new ArrayList<>())
                    .add(probe);
        }
    }

    /** Returns the list that ships with this version. */
    public static FeatureProbes shipped() {
        return Shipped.PROBES;
    }

    /**
     * Reads a list.
     *
     * @param name how messages call the file
     * @param bytes what is in it
     * @throws FeatureProbeException when it is no list of the known format; the message names the line and says what to do
     */
    public static FeatureProbes read(String name, byte[] bytes) throws FeatureProbeException {
        return FeatureProbeReader.read(name, bytes);
    }

    /** Returns which version of the list this is, in the words of the list. */
    public String version() {
        return version;
    }

    /** Returns the name of the probe that a load is; empty for every other load. A load with a signature is none. */
    public Optional<String> find(ProgramLoad load) {
        List<FeatureProbe> candidates = bySize.get(load.program().instructions().size());
        if (candidates == null || load.signature().isPresent()) {
            return Optional.empty();
        }
        for (FeatureProbe probe : candidates) {
            if (probe.matches(load)) {
                return Optional.of(probe.name());
            }
        }
        return Optional.empty();
    }

    /** Returns all probes, in no order. */
    List<FeatureProbe> all() {
        List<FeatureProbe> all = new ArrayList<>();
        bySize.values().forEach(all::addAll);
        return all;
    }
}
