package org.bpfgate.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;

/**
 * The shipped modules with settings from Configuration Admin, and all that changes them: of bundles, and of settings. One change
 * follows the other on the calling thread, in an order that a fixed seed determines.
 */
public final class ModuleSwaps implements AutoCloseable {
    /** What can happen to the shipped modules. */
    public enum Change {
        UPDATE,
        RESTART,
        REPLACE,
        RERANK,
        RELOAD_POLICY,
        RELOAD_LISTS,
        RELOAD_TRUST_AND_MODE
    }

    /** The modules of the stack when all are in. */
    static final Set<String> MODULES = Set.of("hornet", "native", "allowlist", "ipe");

    private static final String SIGNATURES = "integrity-sig-bundle";
    private static final String LISTS = "integrity-hash-bundle";
    private static final String POLICY = "ipe-policy-bundle";
    private static final List<String> NAMES = List.of(SIGNATURES, LISTS, POLICY);

    /** All, so that each is made before one is made twice. */
    private static final List<Change> ALL = List.of(Change.values());

    /** The PIDs of the modules. */
    private static final List<String> PIDS = List.of("org.bpfgate.hornet", "org.bpfgate.allowlist", "org.bpfgate.ipe");

    private static final String MARK = "org.bpfgate.itests.mark";
    private static final List<String> MODES = List.of("compat-n", "strict");
    private static final long SEED = 14;
    private static final int RANKINGS = 400;

    /** After so many changes the stack may become complete before the next one; so loads are decided, not only held. */
    private static final int SETTLE_AFTER = 3;

    private final Map<String, Bundle> bundles = new HashMap<>();
    private final Map<String, Map<String, Object>> settings = new HashMap<>();
    private final Map<Change, Integer> counts = new TreeMap<>();
    private final Random random = new Random(SEED);
    private final AtomicInteger marks = new AtomicInteger();
    private final BundleContext context;
    private final SecurityHooks hooks;
    private final StackAdmin admin;
    private final ConfigurationAdmin configurations;
    private final ServiceRegistration<ManagedService> mark;
    private int copies;

    /**
     * Installs the bundles, configures them and starts them. Returns when all modules are in the stack.
     *
     * @param settings of each module, by PID
     */
    public ModuleSwaps(
            BundleContext context,
            SecurityHooks hooks,
            StackAdmin admin,
            ConfigurationAdmin configurations,
            Map<String, Map<String, Object>> settings)
            throws Exception {
        this.context = context;
        this.hooks = hooks;
        this.admin = admin;
        this.configurations = configurations;
        settings.forEach((pid, values) -> this.settings.put(pid, new HashMap<>(values)));
        mark = context.registerService(
                ManagedService.class,
                properties -> marks.set(properties == null ? 0 : (Integer) properties.get("mark")),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, MARK)));
        for (String pid : this.settings.keySet()) {
            write(pid);
        }
        for (String name : NAMES) {
            Bundle bundle = install(name);
            bundle.start();
            bundles.put(name, bundle);
        }
        settle();
    }

    /** The bundle that is installed of one of the jars. */
    public Bundle bundle(String name) {
        return bundles.get(name);
    }

    /** How often each change was made. */
    public Map<Change, Integer> counts() {
        return counts;
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Makes changes until the time is over, each kind at least once; then the stack is complete again. */
    public void run(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end || i < ALL.size(); i++) {
            Change change = i < ALL.size() ? ALL.get(i) : ALL.get(random.nextInt(ALL.size()));
            make(change);
            counts.merge(change, 1, Integer::sum);
            if (i % SETTLE_AFTER == 0) {
                settle();
            }
        }
        settle();
    }

    private void make(Change change) throws Exception {
        switch (change) {
            case UPDATE -> update();
            case RESTART -> restart();
            case REPLACE -> replace();
            case RERANK -> rerank();
            case RELOAD_POLICY -> write("org.bpfgate.ipe");
            case RELOAD_LISTS -> write("org.bpfgate.allowlist");
            case RELOAD_TRUST_AND_MODE -> {
                settings.get("org.bpfgate.hornet").put("mode", MODES.get(random.nextInt(MODES.size())));
                write("org.bpfgate.hornet");
            }
        }
    }

    private void update() throws IOException, BundleException {
        String name = any(NAMES);
        try (InputStream jar = Files.newInputStream(Gate.jar(name))) {
            bundles.get(name).update(jar);
        }
    }

    private void restart() throws BundleException {
        Bundle bundle = bundles.get(any(NAMES));
        bundle.stop();
        bundle.start();
    }

    /** By a second copy of the bundle; the modules of the outgoing one must be in. */
    private void replace() throws Exception {
        settle();
        String name = any(NAMES);
        Bundle outgoing = bundles.get(name);
        Bundle incoming = install(name);
        admin.replace(outgoing, incoming);
        bundles.put(name, incoming);
        outgoing.uninstall();
    }

    private void rerank() throws IOException {
        String pid = any(PIDS);
        settings.get(pid).put(Constants.SERVICE_RANKING, random.nextInt(RANKINGS));
        write(pid);
    }

    private Bundle install(String name) throws IOException, BundleException {
        try (InputStream jar = Files.newInputStream(Gate.jar(name))) {
            return context.installBundle("test:" + name + ":" + ++copies, jar);
        }
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    /** One write of all settings of a PID. Configuration Admin hands it over on its own thread. */
    private void write(String pid) throws IOException {
        configurations.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(settings.get(pid)));
    }

    /** Waits until Configuration Admin, which hands over one write after the other, is done, and all modules are in. */
    private void settle() throws Exception {
        int next = marks.get() + 1;
        configurations.getConfiguration(MARK, "?").update(FrameworkUtil.asDictionary(Map.of("mark", next)));
        await("the settings", () -> marks.get() == next);
        await("the modules", () -> Set.copyOf(TestModules.names(hooks)).equals(MODULES));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited for " + what);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() throws BundleException {
        mark.unregister();
        for (Bundle bundle : bundles.values()) {
            bundle.uninstall();
        }
    }

    /** What the modules are configured with: a trusted certificate, a list, revocations, and a policy that needs all three. */
    static Map<String, Map<String, Object>> settings(Path trust, Path list, Path revocations, Path policy) {
        return Map.of(
                "org.bpfgate.hornet", Map.of("trust", trust.toString(), "mode", "compat-n"),
                "org.bpfgate.allowlist", Map.of("lists", list.toString(), "revocations", revocations.toString()),
                "org.bpfgate.ipe", Map.of("policy", policy.toString()));
    }
}
