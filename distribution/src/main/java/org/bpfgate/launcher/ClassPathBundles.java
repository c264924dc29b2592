package org.bpfgate.launcher;

import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.connect.FrameworkUtilHelper;

/**
 * Says which bundle a class belongs to ({@link org.osgi.framework.FrameworkUtil#getBundle(Class)}). All classes on the class path have one
 * loader, so that the loader does not tell: the name of the jar does. Its directory does not count: a class from the start-up archive of
 * an installation that was copied has the place of the original. Found by the JDK's service loader.
 */
public final class ClassPathBundles implements FrameworkUtilHelper {
    private static volatile Map<String, Bundle> bundles = Map.of();

    /** Tells of the bundles of this process that lie on the class path; their locations are the paths of their jars. */
    static void of(Stream<Bundle> all) {
        bundles = all.collect(Collectors.toUnmodifiableMap(bundle -> nameOf(bundle.getLocation()), bundle -> bundle));
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<Bundle> getBundle(Class<?> type) {
        // A class of a module of others comes from the framework's own loader, which tells its bundle before anybody is
        // asked here.
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? Optional.empty()
                : Optional.ofNullable(bundles.get(nameOf(source.getLocation().getPath())));
    }
}
