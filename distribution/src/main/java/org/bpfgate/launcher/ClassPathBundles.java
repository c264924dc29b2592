package org.bpfgate.launcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.connect.FrameworkUtilHelper;

/**
 * Says which bundle a class belongs to ({@link org.osgi.framework.FrameworkUtil#getBundle(Class)}). All classes on the class path have one
 * loader, so that the loader does not tell: the jar does, whose path is the location of its bundle. Found by the JDK's service loader.
 */
public final class ClassPathBundles implements FrameworkUtilHelper {
    private static volatile @Nullable BundleContext framework;

    /** Tells of the framework of this process. */
    static void of(BundleContext system) {
        framework = system;
    }

    @Override
    public Optional<Bundle> getBundle(Class<?> type) {
        BundleContext system = framework;
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (system == null || source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            URI jar = source.getLocation().toURI();
            return Optional.ofNullable(system.getBundle(Path.of(jar).toString()));
        } catch (URISyntaxException
                | IllegalArgumentException
                | FileSystemNotFoundException
                | IllegalStateException e) {
            // A class of a bundle that the framework loaded itself, or the framework has stopped.
            return Optional.empty();
        }
    }
}
