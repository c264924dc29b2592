package org.bpfgate.integrity.sig.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.bpfgate.integrity.sig.file.internal.InputFileException;
import org.bpfgate.integrity.sig.hornet.internal.HornetMode;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.integrity.sig.keyring.internal.KeyringsReader;
import org.bpfgate.integrity.sig.keyring.internal.Trust;
import org.bpfgate.integrity.sig.keyring.internal.TrustSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Which certificates are trusted: property {@value #TRUST}, an array of paths of files and directories; and how signatures
 * are judged: property {@value #MODE}. New keyrings replace the old ones in one write, once all of them were read; when one
 * cannot be, all stays as it was. Updating with the same properties reads the files again.
 *
 * <p>Configuration Admin updates on its own thread; {@link #trust()} and {@link #mode()} are safe for any.
 */
final class TrustConfiguration implements ManagedService {
    /** The persistent identity of the configuration. */
    static final String PID = "org.bpfgate.hornet";

    /** The configuration property with the paths. */
    static final String TRUST = "trust";

    /** The configuration property with the mode; {@code compat-n} when there is none. */
    static final String MODE = "mode";

    /** The service property with the names of the keyrings that hold certificates. */
    static final String KEYRINGS = "bpfgate.keyrings";

    private final TrustSource trust = new TrustSource(InstantSource.system());
    private volatile HornetMode mode = HornetMode.COMPAT_N;
    private @Nullable ServiceRegistration<ManagedService> registration;

    /** Returns whom to trust now: the keyrings as last configured; empty ones before. */
    Trust trust() {
        return trust.now();
    }

    /** Returns by which rules to judge, as last configured. */
    HornetMode mode() {
        return mode;
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
        Keyrings keyrings = read(properties == null ? null : properties.get(TRUST));
        mode = readMode(properties == null ? null : properties.get(MODE));
        trust.update(keyrings);
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

    private static HornetMode readMode(@Nullable Object value) throws ConfigurationException {
        HornetMode mode = value == null ? HornetMode.COMPAT_N : HornetMode.of(value.toString());
        if (mode == null) {
            throw new ConfigurationException(MODE, "expected compat-n, compat-v7 or strict, found '" + value + "'");
        }
        return mode;
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
        String[] names = trust.now().keyrings().namesInUse().toArray(String[]::new);
        return FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID, KEYRINGS, names));
    }
}
