package org.bpfgate.serve.internal.module;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.framework.internal.FrameworkActivator;
import org.bpfgate.serve.internal.jar.TestJar;
import org.bpfgate.serve.internal.jar.TestSigners;
import org.bpfgate.serve.internal.store.StoreFiles;
import org.bpfgate.serve.testmodule.TestActivator;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * A Felix framework with the engine of the gate and the life of modules. The API comes from the class path of the test, and the engine
 * is started by hand, so that no jar needs to be built before.
 */
final class TestGate implements AutoCloseable {
    static final ControlPeer OPERATOR = new ControlPeer(4711, 1000, 1000);
    private static final String PACKAGES =
            "org.bpfgate.hook,org.bpfgate.program,org.bpfgate.integrity,org.bpfgate.stack";
    private static final String CLASSES = "org/bpfgate/serve/testmodule/";

    final Framework framework;
    final BundleContext context;
    final SecurityHooks hooks;
    final StackAdmin admin;
    final ModuleLife life;
    final Map<String, List<String>> settings = new HashMap<>();
    final Path root;

    /** Steps of the settings, which may fail. */
    private final StepOfSettings steps;

    /** A step of writing settings. */
    interface StepOfSettings {
        /** Is about to be made, or was made. */
        void settings(String pid) throws IOException;
    }

    /** Keeps settings in memory, and in files for the next start. */
    private final StackSettings stackSettings = new StackSettings() {
        @Override
        public void write(String pid, Map<String, String> changes) throws IOException {
            steps.settings(pid);
            changes.forEach((key, value) -> settings.put(key, List.of(value.split(","))));
            Files.writeString(file(pid), settings.toString());
            steps.settings(pid);
        }

        private Path file(String pid) throws IOException {
            return Files.createDirectories(root.resolve("etc/bpfgate/conf.d")).resolve(pid + ".cfg");
        }

        @Override
        public Saved save(String pid) throws IOException {
            steps.settings(pid);
            Map<String, List<String>> before = new HashMap<>(settings);
            return () -> {
                Files.deleteIfExists(file(pid));
                settings.clear();
                settings.putAll(before);
            };
        }
    };

    private final FrameworkActivator engine = new FrameworkActivator();

    /** Starts a gate that trusts the signer "vendor", with bundles of the distribution that run. */
    static TestGate started(Path root, TestJar... distribution) throws Exception {
        TestGate gate = new TestGate(root, new StoreFiles(), distribution);
        gate.life.start();
        return gate;
    }

    /** Makes a gate whose modules are not brought yet. */
    TestGate(Path root, StoreFiles files, TestJar... distribution) throws Exception {
        this.root = root;
        steps = files instanceof StepOfSettings counted ? counted : pid -> {};
        TestSigners.trust(root.resolve("etc/bpfgate/modules-trust.d"), "vendor");
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "org.osgi.framework.storage",
                Files.createTempDirectory(root, "cache").toString());
        properties.put("org.osgi.framework.storage.clean", "onFirstInit");
        properties.put("org.osgi.framework.system.packages.extra", PACKAGES);
        properties.put("org.osgi.framework.bsnversion", "multiple");
        properties.put("felix.log.level", "0");
        framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        context = framework.getBundleContext();
        engine.start(context);
        hooks = service(SecurityHooks.class);
        admin = service(StackAdmin.class);
        for (TestJar jar : distribution) {
            Bundle bundle = context.installBundle(
                    "distribution:" + context.getBundles().length, new ByteArrayInputStream(jar.bytes()));
            bundle.start();
        }
        life = new ModuleLife(context, hooks, admin, root, stackSettings, files);
    }

    private <S> S service(Class<S> type) {
        return context.getService(context.getServiceReference(type));
    }

    /** A bundle with policies. */
    static TestJar module(String name, String version, String... modules) {
        TestJar jar = TestJar.bundle(name, version)
                .header("Bundle-Activator", TestActivator.class.getName())
                .header("Import-Package", "org.osgi.framework,org.bpfgate.hook,org.bpfgate.program")
                .header(TestActivator.MODULES, String.join(",", modules));
        for (String each : List.of("TestActivator", "TestPolicy")) {
            jar.entry(CLASSES + each + ".class", classFile(each));
        }
        return jar;
    }

    private static byte[] classFile(String name) {
        try (InputStream in = TestGate.class.getResourceAsStream("/" + CLASSES + name + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a jar that the vendor signed. */
    Path signed(String file, TestJar jar) throws IOException {
        return Files.write(root.resolve(file), TestSigners.sign(jar.bytes(), "vendor"));
    }

    /** Asks as an operator; arguments are names and values in turn. */
    Map<String, ?> ask(String verb, Object... arguments) throws ControlException {
        return answer(verb, new ArrayList<>(), arguments);
    }

    /** Asks for a list. */
    List<Map<String, Object>> items(String verb) throws ControlException {
        List<Map<String, Object>> items = new ArrayList<>();
        answer(verb, items);
        return items;
    }

    private Map<String, ?> answer(String verb, List<Map<String, Object>> items, Object... arguments)
            throws ControlException {
        Map<String, Object> named = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            Object value = arguments[i + 1];
            named.put((String) arguments[i], value instanceof Path path ? path.toString() : value);
        }
        try {
            Collection<ServiceReference<ControlVerb>> found =
                    context.getServiceReferences(ControlVerb.class, "(" + ControlVerb.NAME + "=" + verb + ")");
            ControlVerb service = context.getService(found.iterator().next());
            return service.perform(
                    new ControlRequest(verb, named, OPERATOR), item -> items.add(new LinkedHashMap<>(item)));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the modules of the stack with the versions of their bundles. */
    List<String> stack() {
        return hooks.stack().modules().stream()
                .map(entry -> entry.lsm().name() + " " + entry.version())
                .toList();
    }

    /** Returns the bundles that are installed, without the framework's, with their states. */
    List<String> bundles() {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getBundleId() != 0) {
                found.add(bundle.getSymbolicName() + " " + bundle.getVersion()
                        + (bundle.getState() == Bundle.ACTIVE ? " active" : ""));
            }
        }
        return found;
    }

    Path store() {
        return root.resolve("var/lib/bpfgate/modules");
    }

    @Override
    public void close() throws BundleException {
        life.close();
        engine.stop(context);
        framework.stop();
        try {
            framework.waitForStop(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
