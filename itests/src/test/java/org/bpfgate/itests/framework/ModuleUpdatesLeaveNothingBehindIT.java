package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.inject.Inject;
import org.bpfgate.itests.DecidingThreads;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.ModuleJar;
import org.bpfgate.stack.SecurityHooks;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** After a thousand updates of modules under load, the heap holds no class loader and the JVM no thread of an old version. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ModuleUpdatesLeaveNothingBehindIT {
    private static final int UPDATES = 1_000;
    private static final ModuleJar VERIFIER = ModuleJar.verifier("even", 2);
    private static final ModuleJar POLICY = ModuleJar.policy("gate", 1);
    private static final Set<String> REQUIRED = Set.of("even", "gate");

    /** For the collector to find what is unreachable; it takes a fraction of a second. */
    private static final Duration COLLECTION = Duration.ofSeconds(30);

    private static final long LOOK_MILLIS = 100;

    @Inject
    private BundleContext context;

    @Inject
    private SecurityHooks hooks;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Reference<?>> left = new HashSet<>();

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                frameworkProperty("lsm.required").value(String.join(",", REQUIRED)),
                frameworkProperty("lsm.hold").value("30000"));
    }

    @Test
    public void noClassLoaderAndNoThread() throws Exception {
        Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
        DecidingThreads deciding = new DecidingThreads(context, hooks, REQUIRED, Set.of("even"), Set.of("gate"));
        Bundle verifier = VERIFIER.install(context, 1);
        Bundle policy = POLICY.install(context, 1);
        verifier.start();
        policy.start();
        long before = System.nanoTime();
        try (deciding) {
            deciding.start(1);
            for (int version = 2; version < 2 + UPDATES / 2; version++) {
                update(verifier, VERIFIER, version);
                update(policy, POLICY, version);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        awaitCollection();
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(threadsBefore);
        System.out.println("updates: " + UPDATES + " in " + took.toMillis() + " ms under " + deciding.decisions
                + " decisions, " + deciding.allowed + " allowed; left: " + left.size() + " class loaders, threads "
                + threads);

        assertThat(left).isEmpty();
        assertThat(threads).isEmpty();
        assertThat(deciding.faults).isEmpty();
        assertThat(deciding.decisions.sum()).isGreaterThan(UPDATES);
        verifier.uninstall();
        policy.uninstall();
    }

    /** Remembers the class loader that the update makes superfluous, without holding it. */
    private void update(Bundle bundle, ModuleJar jar, int version) throws BundleException {
        left.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), collected));
        bundle.update(jar.version(version));
    }

    /** Returns when all old class loaders are gone, or when the time is up. */
    private void awaitCollection() throws InterruptedException {
        long deadline = System.nanoTime() + COLLECTION.toNanos();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            Reference<?> gone = collected.remove(LOOK_MILLIS);
            while (gone != null) {
                left.remove(gone);
                gone = collected.poll();
            }
        }
    }
}
