package org.bpfgate.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.ModuleSwaps;
import org.bpfgate.itests.SignedAndListedPrograms;
import org.bpfgate.itests.SignedAndListedPrograms.Kind;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * While framework-bundle is updated again and again, whoever finds {@link SecurityHooks} by a service tracker gets the right
 * decision, the denial of a framework that has stopped, or no service; and never a program let in that the modules would refuse.
 * Nothing is refreshed: the verifiers and policies stay as they were, and decide again as soon as the service is back.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class AnUpdateOfTheFrameworkBundleWeakensNothingIT {
    private static final int THREADS = 6;
    private static final int UPDATES = 25;
    private static final int FAULTS_SHOWN = 10;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Before a thread asks again that got no decision of the modules: so that it does not keep the update from going on. */
    private static final long PAUSE_NANOS = 20_000;

    /** What each thread decides between two updates. */
    private static final int DECISIONS_BETWEEN = 200;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private final LongAdder right = new LongAdder();
    private final LongAdder wronglyAllowed = new LongAdder();
    private final LongAdder wronglyDenied = new LongAdder();
    private final LongAdder whileStopped = new LongAdder();
    private final LongAdder whileMissing = new LongAdder();
    private final LongAdder withoutService = new LongAdder();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private ServiceTracker<SecurityHooks, SecurityHooks> tracker;
    private SignedAndListedPrograms programs;

    @Configuration
    public Option[] container() {
        return options(
                Gate.framework(),
                Gate.signers(),
                Gate.configurationAdmin(),
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
    }

    @Before
    public void track() throws Exception {
        configurations
                .getConfiguration("org.bpfgate.framework", "?")
                .update(FrameworkUtil.asDictionary(Map.of("lsm.required", "hornet,allowlist,ipe", "lsm.hold", "0")));
        tracker = new ServiceTracker<>(context, SecurityHooks.class, null);
        tracker.open();
    }

    @After
    public void stopTracking() {
        tracker.close();
    }

    @Test(timeout = 300_000)
    @SuppressWarnings("try") // The modules are installed as long as the block runs.
    public void theModulesStayAndDecideOn() throws Exception {
        try (ModuleSwaps modules = modules()) {
            programs = new SignedAndListedPrograms(context);
            Map<Bundle, BundleWiring> wirings = wiringsOfTheOthers();
            SynchronousBundleListener listener = this::note;
            context.addBundleListener(listener);
            List<Thread> threads = startDeciding();
            try {
                for (int i = 0; i < UPDATES; i++) {
                    awaitDecisions();
                    updateFramework();
                }
                awaitDecisions();
            } finally {
                end(threads);
                context.removeBundleListener(listener);
            }
            assertCounts();
            assertThat(whileMissing.sum()).isZero();
            assertThat(events).as("events of other bundles").isEmpty();
            wirings.forEach((bundle, wiring) -> assertThat(bundle.adapt(BundleWiring.class))
                    .as("%s", bundle)
                    .isSameAs(wiring));
        }
    }

    /**
     * The list with the revocations is away when the new framework bundle starts, and Configuration Admin tells it some time later
     * only that it is required.
     */
    @Test(timeout = 300_000)
    public void aRequiredModuleThatIsAwayStaysRequired() throws Exception {
        try (ModuleSwaps modules = modules()) {
            programs = new SignedAndListedPrograms(context);
            Bundle lists = modules.bundle("integrity-hash-bundle");
            List<Thread> threads = startDeciding();
            try {
                for (int i = 0; i < UPDATES; i++) {
                    awaitDecisions();
                    lists.stop();
                    updateBeforeConfigurationAdminTells();
                    lists.start();
                }
                awaitDecisions();
            } finally {
                end(threads);
            }
            assertCounts();
            assertThat(whileMissing.sum()).isPositive();
        }
    }

    private ModuleSwaps modules() throws Exception {
        return new ModuleSwaps(
                context,
                context.getService(context.getServiceReference(SecurityHooks.class)),
                context.getService(context.getServiceReference(StackAdmin.class)),
                configurations,
                SignedAndListedPrograms.settings());
    }

    private void assertCounts() {
        System.out.println(
                "updates of the framework bundle: " + UPDATES + ", " + right + " right decisions, " + wronglyAllowed
                        + " wrongly let in, " + wronglyDenied + " wrongly denied, " + whileStopped
                        + " denied by a stopped framework, "
                        + whileMissing + " denied for a missing module, " + withoutService + " times no service");
        assertThat(faults).isEmpty();
        assertThat(wronglyAllowed.sum()).isZero();
        assertThat(wronglyDenied.sum()).isZero();
        assertThat(right.sum()).isGreaterThan((long) UPDATES * THREADS);
    }

    private Map<Bundle, BundleWiring> wiringsOfTheOthers() {
        Map<Bundle, BundleWiring> wirings = new LinkedHashMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (!bundle.equals(Gate.engine(context))) {
                wirings.put(bundle, bundle.adapt(BundleWiring.class));
            }
        }
        return wirings;
    }

    private void note(BundleEvent event) {
        if (!event.getBundle().equals(Gate.engine(context))) {
            events.add(event.getBundle() + " " + event.getType());
        }
    }

    private void updateFramework() throws Exception {
        Bundle framework = Gate.engine(context);
        BundleWiring before = framework.adapt(BundleWiring.class);
        try (InputStream jar = Files.newInputStream(Gate.jar("framework-bundle"))) {
            framework.update(jar);
        }
        assertThat(framework.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(framework.adapt(BundleWiring.class)).isNotSameAs(before);
    }

    /** Until every thread on average has decided some more programs rightly: the updates do not follow each other at once. */
    private void awaitDecisions() throws InterruptedException {
        await(right, (long) THREADS * DECISIONS_BETWEEN);
    }

    /** Configuration Admin has one thread that hands settings over, and that one is kept until loads were decided. */
    private void updateBeforeConfigurationAdminTells() throws Exception {
        CountDownLatch isKept = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        ManagedService keeping = properties -> {
            isKept.countDown();
            await(letGo);
        };
        ServiceRegistration<ManagedService> registration = context.registerService(
                ManagedService.class,
                keeping,
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, "org.bpfgate.itests.keeping")));
        try {
            await(isKept);
            updateFramework();
            awaitDenials();
        } finally {
            letGo.countDown();
            registration.unregister();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a test", e);
        }
    }

    private void awaitDenials() throws InterruptedException {
        await(whileMissing, (long) THREADS * DECISIONS_BETWEEN);
    }

    private void await(LongAdder counter, long more) throws InterruptedException {
        long enough = counter.sum() + more;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (counter.sum() < enough && faults.isEmpty()) {
            assertThat(System.nanoTime()).as("waited for decisions").isLessThan(end);
            Thread.sleep(1);
        }
    }

    private List<Thread> startDeciding() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::decideUntilOver, "deciding-" + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void end(List<Thread> threads) throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void decideUntilOver() {
        while (!over) {
            for (Kind kind : Kind.values()) {
                try {
                    decide(kind);
                } catch (RuntimeException | Error e) {
                    fault(kind + " threw " + e);
                }
            }
        }
    }

    private void decide(Kind kind) {
        SecurityHooks hooks = tracker.getService();
        if (hooks == null) {
            withoutService.increment();
            LockSupport.parkNanos(PAUSE_NANOS);
            return;
        }
        ProgramLoad load = programs.load(kind);
        LoadDecision decision = hooks.bpfProgLoad(load);
        if (decision.isAllow()) {
            hooks.bpfProgFree(load.program());
        }
        count(kind, decision);
    }

    private void count(Kind kind, LoadDecision decision) {
        String reason = decision.result().reason();
        if (decision.isAllow() && !kind.allowed) {
            wronglyAllowed.increment();
            fault(kind + " was let in: " + decision.reports() + " " + decision.stack());
        } else if (decision.isAllow() || (decision.deniedBy().isPresent() && !kind.allowed)) {
            right.increment();
        } else if (reason.equals("the framework has stopped")) {
            whileStopped.increment();
            LockSupport.parkNanos(PAUSE_NANOS);
        } else if (reason.startsWith("no decision without the required modules")) {
            whileMissing.increment();
            LockSupport.parkNanos(PAUSE_NANOS);
        } else {
            wronglyDenied.increment();
            fault(kind + " was denied: " + decision.result());
        }
    }

    private void fault(String what) {
        if (faults.size() < FAULTS_SHOWN) {
            faults.add(what);
        }
    }
}
