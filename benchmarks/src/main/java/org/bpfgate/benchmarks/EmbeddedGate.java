package org.bpfgate.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.felix.framework.FrameworkFactory;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** A real Felix in this JVM with the real bundles. Used by one thread; the services it hands out have their own rules. */
public final class EmbeddedGate implements AutoCloseable {
    private static final String API = "api-bundle";
    private static final String FRAMEWORK = "framework-bundle";

    /** Kept here, as the logging library forgets the level of a logger that nobody holds. */
    private static final Logger LOG = Logger.getLogger("org.bpfgate.framework");

    static {
        // That modules come one after the other is no news here.
        LOG.setLevel(Level.SEVERE);
    }

    private final Framework felix;
    private final TemporaryDirectory storage;

    private EmbeddedGate(Framework felix, TemporaryDirectory storage) {
        this.felix = felix;
        this.storage = storage;
    }

    /**
     * Starts Felix and the framework bundle in it.
     *
     * @param settings framework properties, such as {@code lsm.required}
     */
    public static EmbeddedGate start(Map<String, String> settings) throws IOException, BundleException {
        TemporaryDirectory storage = TemporaryDirectory.create();
        Map<String, String> configuration = new HashMap<>(settings);
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.path().toString());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.osgi.service.cm;version=1.6.1");
        // Two copies of a shipped bundle replace each other.
        configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        EmbeddedGate gate =
                new EmbeddedGate(new FrameworkFactory().newFramework(configuration, new ClassPathBundles()), storage);
        gate.felix.start();
        gate.startFromClassPath(API);
        gate.startFromClassPath(FRAMEWORK);
        return gate;
    }

    /**
     * Starts bundles on the class path.
     *
     * @param artifacts the names of their jars without the extension, each behind those that it needs
     */
    public void startFromClassPath(String... artifacts) throws BundleException {
        for (String artifact : artifacts) {
            context().installBundle(ClassPathBundles.SCHEME + artifact).start();
        }
    }

    /**
     * Installs a copy of one of the bundles on the class path, which gets a class loader of its own.
     *
     * @param artifact the name of its jar without the extension
     * @param directory where to put the copy
     */
    public Bundle installCopy(String artifact, Path directory) throws IOException, BundleException {
        Path copy = Files.createTempFile(directory, artifact, ".jar");
        return install(Files.copy(ClassPath.jar(artifact), copy, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Installs a bundle that is not on the class path; it gets a class loader of its own. */
    public Bundle install(Path jar) throws BundleException {
        return context().installBundle(jar.toUri().toString());
    }

    /** Configures a bundle through its own service, as Configuration Admin would do it. */
    public void configure(String pid, Map<String, ?> properties) throws ConfigurationException {
        configurable(pid).updated(FrameworkUtil.asDictionary(properties));
    }

    /** Returns the service that takes the configuration of that identity. */
    public ManagedService configurable(String pid) {
        return service(ManagedService.class, "(" + Constants.SERVICE_PID + "=" + pid + ")");
    }

    /** Returns the entry points. */
    public SecurityHooks hooks() {
        return service(SecurityHooks.class, null);
    }

    /** Returns what operators have. */
    public StackAdmin admin() {
        return service(StackAdmin.class, null);
    }

    /**
     * Returns the only service of a type.
     *
     * @param filter narrows the choice; null for any
     * @throws IllegalStateException when there is none, or more than one
     */
    public <S> S service(Class<S> type, @Nullable String filter) {
        List<S> services = services(type, filter);
        if (services.size() != 1) {
            throw new IllegalStateException(
                    services.size() + " services " + type.getSimpleName() + (filter == null ? "" : " " + filter));
        }
        return services.get(0);
    }

    /** Returns all services of a type that match the filter, in no particular order; a null filter matches any. */
    public <S> List<S> services(Class<S> type, @Nullable String filter) {
        List<S> services = new ArrayList<>();
        try {
            for (ServiceReference<S> reference : context().getServiceReferences(type, filter)) {
                services.add(Objects.requireNonNull(context().getService(reference)));
            }
            return services;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private BundleContext context() {
        return felix.getBundleContext();
    }

    /** Stops everything and waits for it, unless the thread is interrupted. */
    @Override
    public void close() throws IOException, BundleException {
        felix.stop();
        try {
            felix.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        storage.close();
    }
}
