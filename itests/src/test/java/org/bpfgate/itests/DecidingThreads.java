package org.bpfgate.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.bpfgate.itests.modules.ModuleActivator;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.DecisionListener;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Threads that decide without pause, and hold each decision against a fixed oracle: even programs are let in, odd ones are
 * not, and the modules that were called are those that the decision's generation names, in its order and versions.
 */
public final class DecidingThreads implements AutoCloseable {
    private static final int FAULTS_SHOWN = 10;

    public final LongAdder decisions = new LongAdder();
    public final LongAdder allowed = new LongAdder();
    public final LongAdder faultCount = new LongAdder();
    public final AtomicLong longestNanos = new AtomicLong();
    public final Queue<String> faults = new ConcurrentLinkedQueue<>();

    private final ThreadLocal<Evidence> mine = ThreadLocal.withInitial(Evidence::new);
    private final SecurityHooks hooks;
    private final Set<String> required;
    private final Set<String> verifiers;
    private final Set<String> policies;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** What was seen of the load that a thread decides now. */
    private static final class Evidence {
        final List<String> calls = new ArrayList<>();
        final List<LoadDecision> records = new ArrayList<>();

        void clear() {
            calls.clear();
            records.clear();
        }
    }

    /**
     * Registers what hears of calls and decisions; modules that start from now on are heard.
     *
     * @param required names of modules without which there must be no decision
     * @param verifiers names of the test bundles' verifiers
     * @param policies names of the test bundles' policies
     */
    public DecidingThreads(
            BundleContext context,
            SecurityHooks hooks,
            Set<String> required,
            Set<String> verifiers,
            Set<String> policies) {
        this.hooks = hooks;
        this.required = required;
        this.verifiers = verifiers;
        this.policies = policies;
        Consumer<String> witness = call -> mine.get().calls.add(call);
        DecisionListener listener = (load, decision) -> mine.get().records.add(decision);
        services.add(context.registerService(
                Consumer.class, witness, FrameworkUtil.asDictionary(Map.of(ModuleActivator.WITNESS, "true"))));
        services.add(context.registerService(DecisionListener.class, listener, null));
    }

    /** Begins to decide; the modules are up. */
    public void start(int count) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::run, "deciding-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void run() {
        for (boolean even = true; !over; even = !even) {
            try {
                decide(even);
            } catch (RuntimeException | Error e) {
                fault("a decision threw " + e);
            }
        }
    }

    private void decide(boolean even) {
        Evidence evidence = mine.get();
        evidence.clear();
        ProgramLoad load = even ? Loads.even() : Loads.odd();
        long before = System.nanoTime();
        LoadDecision decision = hooks.bpfProgLoad(load);
        longestNanos.accumulateAndGet(System.nanoTime() - before, Math::max);
        decisions.increment();
        if (decision.isAllow()) {
            allowed.increment();
            hooks.bpfProgFree(load.program());
        }
        check(even, decision, evidence);
    }

    private void check(boolean even, LoadDecision decision, Evidence evidence) {
        if (decision.isAllow() != even) {
            fault((even ? "denied though even: " : "let in though odd: ") + decision);
        }
        if (evidence.records.size() != 1 || !evidence.records.getFirst().equals(decision)) {
            fault("recorded as " + evidence.records + " instead of once as " + decision);
        }
        for (String name : required) {
            if (!decision.stack().contains(name)) {
                fault("decided without " + name + ": " + decision);
            }
        }
        List<String> expected = expectedCalls(decision);
        if (!evidence.calls.equals(expected)) {
            fault("called " + evidence.calls + " instead of " + expected + ": " + decision);
        }
    }

    /** Every verifier of the generation, and then its policies up to the one that denied. */
    private List<String> expectedCalls(LoadDecision decision) {
        List<String> expected = new ArrayList<>();
        for (ModuleStack.Entry entry : decision.stack().modules()) {
            if (verifiers.contains(entry.lsm().name())) {
                expected.add(entry.lsm() + " " + entry.version());
            }
        }
        for (ModuleStack.Entry entry : decision.stack().modules()) {
            if (policies.contains(entry.lsm().name())) {
                expected.add(entry.lsm() + " " + entry.version());
            }
            if (entry.lsm().equals(decision.deniedBy().orElse(null))) {
                break;
            }
        }
        return expected;
    }

    private void fault(String what) {
        faultCount.increment();
        if (faults.size() < FAULTS_SHOWN) {
            faults.add(what);
        }
    }

    /** Ends the threads and waits for them; what they counted stays readable. */
    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a test", e);
            }
        }
        services.forEach(ServiceRegistration::unregister);
    }
}
