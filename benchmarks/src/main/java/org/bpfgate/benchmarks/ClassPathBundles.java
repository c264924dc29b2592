package org.bpfgate.benchmarks;

import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.launcher.ClassPathContent;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * OSGi Connect, as the one-shot commands use it: the framework manages the real bundles, and their classes come from the class
 * path, so that a benchmark outside the framework has the same API classes. Bundles at any other location are the
 * framework's own, with class loaders of their own.
 */
final class ClassPathBundles implements ModuleConnector {
    /** Begins the locations of bundles that lie on the class path. */
    static final String SCHEME = "class-path:";

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing to prepare.
    }

    @Override
    public Optional<ConnectModule> connect(String location) {
        if (!location.startsWith(SCHEME)) {
            return Optional.empty();
        }
        ClassPathContent content = new ClassPathContent(
                ClassPath.jar(location.substring(SCHEME.length())).toFile());
        return Optional.of(() -> content);
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }
}
