package org.bpfgate.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringTokenizer;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A running framework with the bundles that one command needs. Nothing is wired here: the bundles find each other through
 * their services.
 */
final class Platform implements AutoCloseable {
    /** Where bundles are: those of many commands, and those of one that are large. */
    private static final List<String> DIRECTORIES = List.of("bundle", "serve", "sign");

    private final Framework framework;
    private final Storage storage;

    private Platform(Framework framework, Storage storage) {
        this.framework = framework;
        this.storage = storage;
    }

    /**
     * Starts the framework.
     *
     * @param home the installation
     * @param verb the command, which decides upon the bundles
     * @throws LaunchException when a bundle is missing or does not start
     * @throws IOException when a file of the installation cannot be read
     */
    static Platform start(Path home, String verb) throws IOException, LaunchException {
        Properties commands = properties(home.resolve("conf/commands.properties"));
        List<Path> jars = bundles(home, commands, verb);
        Map<String, String> configuration = new HashMap<>();
        String root = System.getProperty("bpfgate.root", "");
        for (String file : List.of("framework", verb)) {
            Path path = home.resolve("conf").resolve(file + ".properties");
            if (file.equals("framework") || Files.exists(path)) {
                properties(path)
                        .forEach((key, value) ->
                                configuration.put((String) key, ((String) value).replace("${bpfgate.root}", root)));
            }
        }
        configuration.put("bpfgate.home", home.toString());
        configuration.put("bpfgate.root", root);
        String required = commands.getProperty(verb + ".required");
        if (required != null) {
            configuration.put("lsm.required", required);
        }
        Storage storage = Storage.create();
        try {
            return start(configuration, storage, jars);
        } catch (LaunchException | RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    private static Platform start(Map<String, String> configuration, Storage storage, List<Path> jars)
            throws LaunchException {
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.directory().toString());
        configuration.put("bpfgate.temporary", storage.directory().toString());
        Framework framework = new FrameworkFactory().newFramework(configuration, new ClassPathConnector());
        try {
            startBundles(framework, jars);
            return new Platform(framework, storage);
        } catch (BundleException e) {
            throw new LaunchException("the framework does not start: " + e.getMessage(), e);
        }
    }

    /** Returns the command line that the command bundle offers. */
    ToIntFunction<String[]> command() throws LaunchException {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?> reference = context.getServiceReference(ToIntFunction.class.getName());
        if (reference == null) {
            throw new LaunchException("the command bundle did not start");
        }
        @SuppressWarnings("unchecked")
        ToIntFunction<String[]> command = (ToIntFunction<String[]>) context.getService(reference);
        return command;
    }

    private static void startBundles(Framework framework, List<Path> jars) throws BundleException {
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        for (Path jar : jars) {
            installed.add(framework.getBundleContext().installBundle(jar.toString()));
        }
        ClassPathBundles.of(installed.stream());
        // All at once, as each resolution has its price. One that fails is told by the start below.
        framework.adapt(FrameworkWiring.class).resolveBundles(installed);
        for (Bundle bundle : installed) {
            bundle.start();
        }
    }

    /** The bundles of {@code conf/commands.properties} that the verb names, behind those that every command needs. */
    private static List<Path> bundles(Path home, Properties commands, String verb) throws LaunchException {
        String names = commands.getProperty("*", "") + " " + commands.getProperty(verb, "");
        List<Path> jars = new ArrayList<>();
        for (StringTokenizer words = new StringTokenizer(names); words.hasMoreTokens(); ) {
            String name = words.nextToken() + ".jar";
            jars.add(DIRECTORIES.stream()
                    .map(directory -> home.resolve(directory).resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() ->
                            new LaunchException(home.resolve("bundle").resolve(name) + ": this bundle is missing")));
        }
        return jars;
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
            return properties;
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
    }

    /** Drops the storage; the framework itself ends with the process. */
    @Override
    public void close() {
        storage.close();
    }
}
