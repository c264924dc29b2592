package org.bpfgate.itests;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * What the launcher of the distribution does, in the framework that is on the class path. The test starts a JVM for it, with
 * Equinox there.
 */
public final class EquinoxLauncher {
    private EquinoxLauncher() {}

    /**
     * Starts every bundle of an installation, says on stderr where they run, and runs one command.
     *
     * @param arguments the installation, an empty directory for the framework, and the words of the command
     */
    public static void main(String... arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration(home, arguments[1]));
        framework.start();
        System.err.println(framework.getSymbolicName() + " runs " + start(framework.getBundleContext(), home));
        int exitCode = run(framework.getBundleContext(), List.of(arguments).subList(2, arguments.length));
        framework.stop();
        framework.waitForStop(0);
        System.exit(exitCode);
    }

    private static Map<String, String> configuration(Path home, String storage) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("conf/framework.properties"))) {
            properties.load(in);
        }
        Map<String, String> configuration = new HashMap<>();
        properties.forEach((key, value) -> configuration.put((String) key, (String) value));
        configuration.put("bpfgate.home", home.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE, storage);
        return configuration;
    }

    /** Returns the symbolic names of the bundles that run then. */
    private static List<String> start(BundleContext context, Path home) throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        try (var jars = Files.list(home.resolve("bundle"))) {
            for (Path jar : jars.sorted().toList()) {
                bundles.add(context.installBundle(jar.toUri().toString()));
            }
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        bundles.removeIf(bundle -> bundle.getState() != Bundle.ACTIVE);
        return bundles.stream().map(Bundle::getSymbolicName).toList();
    }

    @SuppressWarnings("unchecked") // The command bundle offers a ToIntFunction<String[]>.
    private static int run(BundleContext context, List<String> words) {
        var command = (ToIntFunction<String[]>) context.getService(context.getServiceReference(ToIntFunction.class));
        return command.applyAsInt(words.toArray(String[]::new));
    }
}
