package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.CandidatePlan;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What an operator does to a running stack. */
public final class StackOperator implements StackAdmin {
    /** How long a bundle may take to register its modules after it started: as long as a load is held by default. */
    public static final Duration ARRIVAL = Duration.ofSeconds(5);

    /** How long an activator may take: far longer than any that works, and shorter than an operator waits. */
    static final Duration START = Duration.ofSeconds(20);

    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final HookRegistry registry;
    private final QuiescenceWait drain;
    private final Duration arrival;
    private final DryRuns dryRuns;

    /**
     * Operates on one stack.
     *
     * @param arrival how long a new bundle may take to register its modules
     * @param dryRuns decides on loads without leaving a trace
     */
    public StackOperator(HookRegistry registry, QuiescenceWait drain, Duration arrival, DryRuns dryRuns) {
        this.registry = registry;
        this.drain = drain;
        this.arrival = arrival;
        this.dryRuns = dryRuns;
    }

    @Override
    public void replace(Bundle outgoing, Bundle incoming) throws BundleException {
        if (outgoing.getBundleId() == incoming.getBundleId()) {
            throw new IllegalArgumentException(
                    outgoing.getSymbolicName() + " cannot replace itself; update the bundle instead");
        }
        List<RegisteredModule> old = registry.modulesOf(outgoing.getBundleId());
        if (old.isEmpty()) {
            throw new BundleException(outgoing.getSymbolicName() + " has no module to replace");
        }
        registry.replace(incoming.getBundleId(), () -> bringIn(old, incoming));
        stop(outgoing, old);
    }

    @Override
    public void remove(Bundle outgoing, boolean retired) {
        List<RegisteredModule> old = registry.modulesOf(outgoing.getBundleId());
        registry.takeOut(old, retired);
        stop(outgoing, old);
    }

    /** Stops a bundle whose modules are out of the stack, which stays so whatever its activator does. */
    private void stop(Bundle outgoing, List<RegisteredModule> old) {
        for (RegisteredModule module : old) {
            drain.await(module.record(), registry.configuration().drainBudget());
        }
        try {
            BoundedStart.stop(outgoing, START);
        } catch (BundleException e) {
            LOG.log(Level.WARNING, () -> "a bundle that is out of the stack: " + e.getMessage(), e);
        }
    }

    @Override
    public void add(Bundle incoming) throws BundleException {
        registry.replace(incoming.getBundleId(), () -> {
            start(incoming);
            registry.awaitAnyModuleOf(incoming.getBundleId(), arrival);
            return List.of();
        });
    }

    private void start(Bundle incoming) throws BundleException {
        long id = incoming.getBundleId();
        BoundedStart.start(incoming, START, () -> registry.giveUp(id), () -> registry.hasStopped(id));
    }

    private Collection<Long> bringIn(List<RegisteredModule> old, Bundle incoming) throws BundleException {
        start(incoming);
        Set<String> missing = names(old);
        missing.removeAll(names(registry.awaitModulesOf(incoming.getBundleId(), names(old), arrival)));
        if (!missing.isEmpty()) {
            stopQuietly(incoming);
            throw new BundleException(incoming.getSymbolicName() + " brought no module named "
                    + String.join(" ", missing) + " within " + arrival.toMillis() + " ms");
        }
        return old.stream().map(RegisteredModule::serviceId).toList();
    }

    /** Its modules stay out of the stack also when it does not stop. */
    private void stopQuietly(Bundle incoming) {
        long id = incoming.getBundleId();
        registry.giveUp(id);
        try {
            BoundedStart.stop(incoming, START);
            registry.hasStopped(id);
        } catch (BundleException e) {
            LOG.log(Level.WARNING, () -> "a bundle that brought no module: " + e.getMessage(), e);
        }
    }

    @Override
    public LoadDecision tryLoad(ProgramLoad load) {
        return dryRuns.tryLoad(load);
    }

    @Override
    public CandidateStack startCandidate(CandidatePlan plan) throws BundleException {
        return dryRuns.startCandidate(plan, this);
    }

    @Override
    public Optional<CandidateStack> candidate() {
        return dryRuns.candidate();
    }

    /**
     * Starts a bundle whose modules stay out of the stack.
     *
     * @param old the modules whose names it has to bring
     * @throws BundleException as {@link #replace}
     */
    public void startBeside(List<RegisteredModule> old, Bundle incoming) throws BundleException {
        registry.keepOut(incoming.getBundleId());
        boolean isThere = false;
        try {
            bringIn(old, incoming);
            isThere = true;
        } finally {
            if (!isThere) {
                registry.leave(incoming.getBundleId());
            }
        }
    }

    /** Stops a bundle whose modules are out of the stack, when no load uses them any more, and lets it be as others are. */
    public void stopBeside(Bundle outgoing) {
        stop(outgoing, registry.modulesOf(outgoing.getBundleId()));
        registry.leave(outgoing.getBundleId());
    }

    @Override
    public List<String> order() {
        return registry.configuration().order();
    }

    static Set<String> names(List<RegisteredModule> modules) {
        Set<String> names = new TreeSet<>();
        modules.forEach(module -> names.add(module.lsm().name()));
        return names;
    }

    @Override
    public List<String> required() {
        return registry.required();
    }

    @Override
    public int held() {
        return registry.held();
    }

    @Override
    public List<String> missing() {
        return registry.current().missing;
    }

    @Override
    public List<ModuleHealth> health() {
        return registry.current().modules().stream()
                .map(module -> module.record().health())
                .toList();
    }
}
