package org.bpfgate.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.bpfgate.hook.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** Changes the modules of a running gate, one change after the other, in an order that a fixed seed determines. */
final class Churn {
    /** What can happen to a module. */
    enum Change {
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

    private final Map<Change, Integer> counts = new EnumMap<>(Change.class);
    private final Map<ModuleJar, Bundle> small = new HashMap<>();
    private final Map<String, Bundle> real = new HashMap<>();
    private final Random random = new Random(SEED);
    private final BundleContext context;
    private final StackAdmin admin;
    private final List<ModuleJar> jars;
    private final Path policy;
    private int version = 1;

    /** Installs and starts the modules: small ones, and bundles of the distribution by their names. */
    Churn(BundleContext context, StackAdmin admin, List<ModuleJar> jars, List<String> distributed) throws Exception {
        this.context = context;
        this.admin = admin;
        this.jars = jars;
        for (ModuleJar jar : jars) {
            small.put(jar, started(jar.install(context, version)));
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
    Map<Change, Integer> counts() {
        return counts;
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Makes one change; one in eight concerns a bundle of the distribution. */
    void next() throws Exception {
        if (random.nextInt(8) == 0 && !real.isEmpty()) {
            changeReal();
        } else {
            changeSmall(jars.get(random.nextInt(jars.size())));
        }
    }

    private void changeSmall(ModuleJar jar) throws Exception {
        Bundle bundle = small.get(jar);
        Change change = TO_A_MODULE.get(random.nextInt(TO_A_MODULE.size()));
        switch (change) {
            case UPDATE -> bundle.update(jar.version(++version));
            case RESTART -> restart(bundle);
            case RERANK -> rerank(bundle);
            default -> small.put(jar, replace(bundle, jar.install(context, ++version)));
        }
        counts.merge(change, 1, Integer::sum);
    }

    private void changeReal() throws Exception {
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

    private void rerank(Bundle bundle) {
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
