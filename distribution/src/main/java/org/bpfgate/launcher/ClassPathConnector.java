package org.bpfgate.launcher;

import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * OSGi Connect for one-shot commands: the bundles lie on the class path and their classes come from there, where the JVM's
 * start-up archive covers them. To the framework they are bundles like any others: manifests are resolved, activators
 * run, services meet.
 */
final class ClassPathConnector implements ModuleConnector {
    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing to prepare.
    }

    /** Connects a bundle whose location is the path of its jar. */
    @Override
    public Optional<ConnectModule> connect(String location) {
        ClassPathContent content = new ClassPathContent(new File(location));
        return Optional.of(() -> content);
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }
}
