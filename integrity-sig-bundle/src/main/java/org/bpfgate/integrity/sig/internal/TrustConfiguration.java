package org.bpfgate.integrity.sig.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.integrity.sig.file.internal.InputFileException;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.integrity.sig.keyring.internal.KeyringsReader;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Which certificates are trusted: property {@value #TRUST}, an array of paths of files and directories. New keyrings
 * replace the old ones in one write, once all of them were read; when one cannot be, the old ones stay.
 *
 * <p>Configuration Admin updates on its own thread; {@link #keyrings()} is safe for any.
 */
final class TrustConfiguration implements ManagedService {
    /** The persistent identity of the configuration. */
    static final String PID = "org.bpfgate.hornet";

    /** The configuration property with the paths. */
    static final String TRUST = "trust";

    /** The service property with the names of the keyrings that hold certificates. */
    static final String KEYRINGS = "bpfgate.keyrings";

    private final AtomicLong generation = new AtomicLong();
    private volatile Keyrings keyrings = Keyrings.EMPTY;
    private @Nullable ServiceRegistration<ManagedService> registration;

    /** Returns the keyrings as last configured; empty ones before. */
    Keyrings keyrings() {
        return keyrings;
    }

    /** Returns a number that grows with each change, after the change. */
    long generation() {
        return generation.get();
    }

    /** Registers this service. Its first update may come before this method returns. */
    void register(BundleContext context) {
        ServiceRegistration<ManagedService> made = context.registerService(ManagedService.class, this, properties());
        synchronized (this) {
            registration = made;
        }
        announce();
    }

    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        keyrings = read(properties == null ? null : properties.get(TRUST));
        generation.incrementAndGet();
        announce();
    }

    private static Keyrings read(@Nullable Object trust) throws ConfigurationException {
        if (trust == null) {
            return Keyrings.EMPTY;
        }
        if (!(trust instanceof String[] names)) {
            throw new ConfigurationException(TRUST, "must be an array of paths");
        }
        try {
            return KeyringsReader.read(paths(names));
        } catch (InputFileException e) {
            throw new ConfigurationException(TRUST, e.what(), e);
        }
    }

    private static List<Path> paths(String[] names) throws ConfigurationException {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            try {
                paths.add(Path.of(name));
            } catch (InvalidPathException e) {
                throw new ConfigurationException(TRUST, e.getReason() + " in a path", e);
            }
        }
        return paths;
    }

    private synchronized void announce() {
        if (registration == null) {
            return;
        }
        try {
            registration.setProperties(properties());
        } catch (IllegalStateException e) {
            // The bundle stopped during the update; nobody can ask for the property any more.
            registration = null;
        }
    }

    private Dictionary<String, Object> properties() {
        String[] names = keyrings.namesInUse().toArray(String[]::new);
        return FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID, KEYRINGS, names));
    }
}
