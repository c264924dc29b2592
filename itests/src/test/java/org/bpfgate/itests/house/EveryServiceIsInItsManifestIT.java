package org.bpfgate.itests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpfgate.itests.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.cm.ManagedService;

/** What a bundle registers with settings that can be used is what its manifest promises as capabilities, for resolvers to find. */
class EveryServiceIsInItsManifestIT {
    private static final String SERVICE = "osgi.service";

    /** It registers nothing, and would load a library of native code into the JVM of all tests. */
    private static final String NATIVE = "native-crypto-bundle.jar";

    @TempDir
    private Path directory;

    @Test
    void theCapabilitiesAreTheServices() throws Exception {
        Framework felix = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, directory.resolve("felix").toString()));
        felix.start();
        try {
            Map<String, Set<String>> registered = new TreeMap<>();
            Map<String, Set<String>> promised = new TreeMap<>();
            for (Bundle bundle : start(felix.getBundleContext())) {
                registered.put(bundle.getSymbolicName(), registered(bundle));
                promised.put(bundle.getSymbolicName(), promised(bundle));
            }
            assertThat(registered).hasSize(8).isEqualTo(promised);
        } finally {
            felix.stop();
            felix.waitForStop(0);
        }
    }

    private List<Bundle> start(BundleContext context) throws Exception {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> found = Files.list(Gate.installation().resolve("bundle"))) {
            found.filter(jar -> !jar.endsWith(NATIVE)).sorted().forEach(jars::add);
        }
        try (Stream<Path> found = Files.list(Gate.installation().resolve("sign"))) {
            found.sorted().forEach(jars::add);
        }
        for (String library : List.of("org.osgi.service.cm", "jackson-core", "jackson-jr-objects", "picocli")) {
            jars.add(Gate.installation().resolve("lib/" + library + ".jar"));
        }
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(context.installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        bundles.removeIf(bundle -> !bundle.getSymbolicName().startsWith("org.bpfgate."));
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=p policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        Path state = Files.createDirectory(directory.resolve("state"));
        configure(context, "org.bpfgate.hornet", Map.of("trust", "none"));
        configure(context, "org.bpfgate.allowlist", Map.of("lists", "none"));
        configure(context, "org.bpfgate.ipe", Map.of("policy", policy.toString(), "state", state.toString()));
        return bundles;
    }

    /** The classes of the framework's Configuration Admin API are other ones than the test's. */
    private static void configure(BundleContext context, String pid, Map<String, Object> settings) throws Exception {
        ServiceReference<?> found =
                context.getAllServiceReferences(ManagedService.class.getName(), "(service.pid=" + pid + ")")[0];
        Class<?> api = found.getBundle().loadClass(ManagedService.class.getName());
        api.getMethod("updated", Dictionary.class)
                .invoke(context.getService(found), FrameworkUtil.asDictionary(settings));
    }

    /** Without what is registered for Configuration Admin to call. */
    private static Set<String> registered(Bundle bundle) {
        Set<String> classes = new TreeSet<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            classes.addAll(List.of((String[]) service.getProperty(Constants.OBJECTCLASS)));
        }
        classes.removeIf(name -> name.startsWith("org.osgi.service.cm."));
        return classes;
    }

    private static Set<String> promised(Bundle bundle) {
        Set<String> classes = new TreeSet<>();
        for (BundleCapability capability : bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SERVICE)) {
            Map<String, Object> attributes = new HashMap<>(capability.getAttributes());
            ((List<?>) attributes.get(Constants.OBJECTCLASS)).forEach(name -> classes.add(name.toString()));
        }
        return classes;
    }
}
