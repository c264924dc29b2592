package org.bpfgate.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/**
 * Changes the modules of a running gate: one thread for each small module and one for the bundles of the distribution, each one
 * change after the other in an order that a fixed seed determines. So a change that waits for its turn keeps no other one waiting.
 */
public final class Churn {
    /** What can happen to a module. */
    public enum Change {
        UPDATE,
        RESTART,
        RERANK,
        REPLACE,
        RELOAD_POLICY
    }

    private static final List<Change> TO_A_MODULE =
            List.of(Change.UPDATE, Change.RESTART, Change.RERANK, Change.REPLACE);

    /** Comes into the stack when it has a policy, so it gets one each time that it starts. */
    private static final String IPE = "ipe-policy-bundle";

    private static final long SEED = 114;
    private static final int RANKINGS = 400;

    private final Map<Change, Integer> counts = new ConcurrentHashMap<>();
    private final Map<ModuleJar, Bundle> small = new ConcurrentHashMap<>();
    private final Map<String, Bundle> real = new HashMap<>();
    private final BundleContext context;
    private final StackAdmin admin;
    private final List<ModuleJar> jars;
    private final Path policy;
    private final AtomicInteger version = new AtomicInteger(1);

    /** Installs and starts the modules: small ones, and bundles of the distribution by their names. */
    public Churn(BundleContext context, StackAdmin admin, List<ModuleJar> jars, List<String> distributed)
            throws Exception {
        this.context = context;
        this.admin = admin;
        this.jars = jars;
        for (ModuleJar jar : jars) {
            small.put(jar, started(jar.install(context, version.get())));
        }
        for (String name : distributed) {
            real.put(name, started(context.installBundle(Gate.jar(name).toUri().toString())));
        }
        policy = Files.writeString(Files.createTempFile("believe-even", ".ipe"), """
                # dialect: bpfgate
                policy_name=believe_even policy_version=1.0.0
                DEFAULT action=DENY
                op=BPF_PROG_LOAD bpf_integrity=even:OK action=ALLOW
                """);
        Settings.policy(context, policy);
    }

    private static Bundle started(Bundle bundle) throws BundleException {
        bundle.start();
        return bundle;
    }

    /** How often each change was made. */
    public Map<Change, Integer> counts() {
        return counts;
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private interface Step {
        void change(Random random) throws Exception;
    }

    /** Makes changes until the time is over; what goes wrong in one of them is thrown. */
    public void run(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Step> steps = new ArrayList<>(List.of(this::changeReal));
        jars.forEach(jar -> steps.add(random -> changeSmall(jar, random)));
        try (ExecutorService threads = Executors.newFixedThreadPool(steps.size())) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                Random random = new Random(SEED + i);
                ends.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        step.change(random);
                    }
                    return true;
                }));
            }
            for (Future<?> ended : ends) {
                ended.get();
            }
        }
    }

    private void changeSmall(ModuleJar jar, Random random) throws Exception {
        Bundle bundle = small.get(jar);
        Change change = TO_A_MODULE.get(random.nextInt(TO_A_MODULE.size()));
        switch (change) {
            case UPDATE -> bundle.update(jar.version(version.incrementAndGet()));
            case RESTART -> restart(bundle);
            case RERANK -> rerank(bundle, random);
            default -> small.put(jar, replace(bundle, jar.install(context, version.incrementAndGet())));
        }
        counts.merge(change, 1, Integer::sum);
    }

    private void changeReal(Random random) throws Exception {
        List<String> names = real.keySet().stream().sorted().toList();
        String name = names.get(random.nextInt(names.size()));
        Change change = random.nextBoolean() ? Change.RESTART : Change.UPDATE;
        if (name.equals(IPE) && random.nextBoolean()) {
            change = Change.RELOAD_POLICY;
        }
        switch (change) {
            case RELOAD_POLICY -> {}
            case RESTART -> restart(real.get(name));
            default -> update(name);
        }
        if (name.equals(IPE)) {
            Settings.policy(context, policy);
        }
        counts.merge(change, 1, Integer::sum);
    }

    private void update(String name) throws IOException, BundleException {
        try (InputStream jar = Files.newInputStream(Gate.jar(name))) {
            real.get(name).update(jar);
        }
    }

    private static void restart(Bundle bundle) throws BundleException {
        bundle.stop();
        bundle.start();
    }

    private void rerank(Bundle bundle, Random random) {
        for (ServiceReference<?> offered : bundle.getRegisteredServices()) {
            if (context.getService(offered) instanceof IntConsumer ranking) {
                ranking.accept(random.nextInt(RANKINGS));
            }
            context.ungetService(offered);
        }
    }

    private Bundle replace(Bundle outgoing, Bundle incoming) throws BundleException {
        admin.replace(outgoing, incoming);
        outgoing.uninstall();
        return incoming;
    }
}
