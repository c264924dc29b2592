package org.bpfgate.framework.internal.candidate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bpfgate.framework.internal.call.DryRunCall;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.registry.DryRuns;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.registry.StackOperator;
import org.bpfgate.framework.internal.registry.Variation;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.CandidatePlan;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Starts candidates, one at a time, and hands them what was decided. */
public final class Candidates implements DryRuns {
    private final HookRegistry registry;
    private final QuiescenceWait drain;
    private final LiveObjects live;
    private final Function<DryRunCall, LoadDecision> dryRun;

    /** The last one; written under the lock of this. */
    private volatile @Nullable Candidate last;

    /** The one that takes loads; null costs a live load one read. */
    private final AtomicReference<@Nullable Candidate> running = new AtomicReference<>();

    /**
     * Makes candidates of one engine.
     *
     * @param dryRun makes a call, and frees its program
     */
    public Candidates(
            HookRegistry registry, QuiescenceWait drain, LiveObjects live, Function<DryRunCall, LoadDecision> dryRun) {
        this.registry = registry;
        this.drain = drain;
        this.live = live;
        this.dryRun = dryRun;
    }

    @Override
    public LoadDecision tryLoad(ProgramLoad load) {
        return dryRun.apply(new DryRunCall(load.anew()));
    }

    /** Whether loads are compared: then {@link #decided} is to be told of them, with their time. */
    public boolean isRunning() {
        return running.get() != null;
    }

    /** Takes a load that the live stack has decided on. */
    public void decided(ProgramLoad load, LoadDecision decision, long nanos) {
        Candidate taking = running.get();
        if (taking == null) {
            return;
        }
        if (taking.isRunning()) {
            taking.offer(load, decision, nanos);
        } else {
            // Not the one that may have been started since.
            running.compareAndSet(taking, null);
        }
    }

    @Override
    public synchronized CandidateStack startCandidate(CandidatePlan plan, StackOperator operator)
            throws BundleException {
        Candidate before = last;
        if (before != null && before.isRunning()) {
            throw new IllegalStateException("a candidate runs already: promote or drop it first");
        }
        Generation base = registry.current();
        Map<Bundle, Bundle> started = new HashMap<>();
        boolean isThere = false;
        try {
            for (Map.Entry<Bundle, Bundle> each : plan.bundles().entrySet()) {
                operator.startBeside(modulesOf(base, each.getKey()), each.getValue());
                started.put(each.getKey(), each.getValue());
            }
            Variation variation = variation(base, plan);
            Generation stack = registry.vary(base, variation);
            if (!stack.missing.isEmpty()) {
                throw new IllegalStateException(String.join(", ", stack.missing)
                        + " is required, and would not be in the stack: every load would be held and denied");
            }
            Candidate candidate = new Candidate(
                    new Candidate.Parts(registry, drain, live, operator, dryRun), base, stack, variation, started);
            candidate.start();
            last = candidate;
            running.set(candidate);
            isThere = true;
            return candidate;
        } finally {
            if (!isThere) {
                started.values().forEach(operator::stopBeside);
            }
        }
    }

    private static List<RegisteredModule> modulesOf(Generation base, Bundle bundle) {
        return base.modules().stream()
                .filter(each -> each.origin().bundleId() == bundle.getBundleId())
                .toList();
    }

    private static Variation variation(Generation base, CandidatePlan plan) {
        Map<Long, RegisteredModule> standIns = new HashMap<>();
        Set<String> unknown = new HashSet<>(plan.without());
        unknown.addAll(plan.instances().keySet());
        for (RegisteredModule module : base.modules()) {
            unknown.remove(module.lsm().name());
            SecurityModule instance = plan.instances().get(module.lsm().name());
            if (instance != null) {
                standIns.put(module.serviceId(), module.with(instance, new ModuleRecord(instance)));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("there is no module " + String.join(", ", unknown) + " in the stack");
        }
        Map<Long, Long> incoming = new HashMap<>();
        plan.bundles().forEach((out, in) -> incoming.put(out.getBundleId(), in.getBundleId()));
        return new Variation(plan.order(), plan.without(), standIns, incoming);
    }

    @Override
    public Optional<CandidateStack> candidate() {
        return Optional.ofNullable(last);
    }

    /** The framework ends. */
    public void close() {
        Candidate taking = running.getAndSet(null);
        if (taking != null) {
            taking.drop("the framework stopped");
        }
    }
}
