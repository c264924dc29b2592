package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.jspecify.annotations.Nullable;

/**
 * The registered modules and their settings; publishes each change of them as a new generation in one write. Changes are
 * made one at a time; calls read the current generation without a lock.
 */
public final class HookRegistry {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** Held during a change only: never while foreign code runs. */
    private final ReentrantLock changes = new ReentrantLock();

    /** Guarded by {@link #changes}; keyed by service id. */
    private final Map<Long, RegisteredModule> modules = new TreeMap<>();

    /** Signalled when a module was registered. */
    private final Condition arrivals = changes.newCondition();

    /** Guarded by {@link #changes}: bundles whose modules stay out of the stack until they take over from others. */
    private final Set<Long> arriving = new HashSet<>();

    /** Guarded by {@link #changes}: bundles that were given up while their activators ran, until they have stopped. */
    private final Set<Long> givenUp = new HashSet<>();

    /** Guarded by {@link #changes}: modules that are registered and not in the stack: of all those, and those that were replaced. */
    private final Set<Long> absent = new HashSet<>();

    /** Guarded by {@link #changes}: what a promoted candidate has in place of modules, by their service ids, until these have followed. */
    private final Map<Long, RegisteredModule> standIns = new HashMap<>();

    /** Guarded by {@link #changes}. */
    private final NameOwners owners;

    /** Guarded by {@link #changes}. */
    private final PolicyMemory memory;

    /** Guarded by {@link #changes}. */
    private final MissingModules missing;

    private final BooleanSupplier isEnding;

    private final Object published = new Object();

    /** Threads that wait for a newer generation. */
    private final AtomicInteger held = new AtomicInteger();

    private volatile StackConfiguration configuration;
    private volatile Generation current;
    private volatile boolean closed;

    /**
     * Starts with an empty stack, which decides nothing when modules are required or policies are remembered. That these are missing
     * is logged by {@link #reportMissing} only: no module can be there yet.
     *
     * @param owners says which bundle a name belongs to
     * @param otherWiring gives the bundles whose modules cannot be seen before api-bundle is refreshed
     * @param isEnding whether the whole OSGi framework ends, where modules go away without being missed
     */
    public HookRegistry(
            PolicyMemory memory,
            NameOwners owners,
            StackConfiguration settings,
            Supplier<Set<String>> otherWiring,
            BooleanSupplier isEnding) {
        this.memory = memory;
        this.owners = owners;
        missing = new MissingModules(otherWiring);
        this.isEnding = isEnding;
        configuration = settings;
        current = StackBuilder.build(0, List.of(), owners, settings, memory.names());
    }

    public Generation current() {
        return current;
    }

    public StackConfiguration configuration() {
        return configuration;
    }

    /** Returns the names of the modules without which nothing is decided: those of the settings, or policies that were in the stack. */
    List<String> required() {
        changes.lock();
        try {
            List<String> named = configuration.required();
            return named.equals(StackConfiguration.NOTHING)
                    ? List.of()
                    : named.isEmpty() ? List.copyOf(memory.names()) : named;
        } finally {
            changes.unlock();
        }
    }

    /** Returns the symbolic names of the bundles by the names of modules that belong to them. */
    public Map<String, String> owners() {
        changes.lock();
        try {
            return owners.bundles();
        } finally {
            changes.unlock();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Adds a module, or replaces what is known of one. */
    public void put(RegisteredModule registered) {
        change(() -> {
            boolean isNew = modules.put(registered.serviceId(), registered) == null;
            long bundleId = registered.origin().bundleId();
            if (isNew && (arriving.contains(bundleId) || givenUp.contains(bundleId))) {
                absent.add(registered.serviceId());
            }
            arrivals.signalAll();
        });
    }

    /**
     * Forgets a module. Calls that hold an older generation still finish with it; see {@link QuiescenceWait}.
     *
     * @param retired whether somebody wants to do without it, so that it is not remembered as a policy either
     */
    public void remove(long serviceId, boolean retired) {
        change(() -> {
            RegisteredModule gone = modules.remove(serviceId);
            absent.remove(serviceId);
            standIns.remove(serviceId);
            if (gone != null && retired) {
                memory.forget(gone.lsm().name());
            }
        });
    }

    /** A bundle was uninstalled, and no other one has its symbolic name: other bundles may use the names of its modules. */
    public void release(String symbolicName) {
        change(() -> owners.release(symbolicName));
    }

    /** Changes the settings. */
    public void configure(StackConfiguration settings) {
        change(() -> configuration = settings);
    }

    /** From now on every call is denied: the framework bundle stops. */
    public void close() {
        changes.lock();
        try {
            synchronized (published) {
                closed = true;
                current = new Generation(current.stack.generation() + 1, List.of(), List.of("framework"), List.of());
                published.notifyAll();
            }
        } finally {
            changes.unlock();
        }
    }

    private void change(Runnable step) {
        changes.lock();
        try {
            step.run();
            publish();
        } finally {
            changes.unlock();
        }
    }

    /** Publishes what is there now, unless nothing changed for those who call. */
    private void publish() {
        if (closed) {
            return;
        }
        Generation next =
                StackBuilder.build(current.stack.generation() + 1, complete(), owners, configuration, memory.names());
        if (next.sameStackAs(current)) {
            return;
        }
        owners.take(next.modules());
        // Before anybody decides by them: what is remembered too late is lost in a crash.
        memory.remember(next.modules().stream()
                .filter(registered -> registered.record().isPolicy)
                .map(registered -> registered.lsm().name())
                .toList());
        report(next);
        synchronized (published) {
            current = next;
            published.notifyAll();
        }
    }

    /**
     * The modules that take part: those that are in, without those whose companions are not in the stack. A companion that is left
     * out because another bundle has its name is not in the stack either.
     */
    private List<RegisteredModule> complete() {
        List<RegisteredModule> present = registered();
        present.removeIf(registered -> absent.contains(registered.serviceId()));
        int before;
        do {
            before = present.size();
            Collection<RegisteredModule> chosen = StackBuilder.firstOfEachName(present, owners);
            present.removeIf(registered -> chosen.contains(registered) && !hasCompanions(registered, chosen));
        } while (present.size() < before);
        return present;
    }

    private List<RegisteredModule> registered() {
        List<RegisteredModule> all = new ArrayList<>(modules.values());
        all.replaceAll(each -> standIns.getOrDefault(each.serviceId(), each));
        return all;
    }

    private static boolean hasCompanions(RegisteredModule registered, Collection<RegisteredModule> chosen) {
        Set<String> wanted = registered.place().together();
        return wanted.isEmpty()
                || namesOf(registered.origin().bundleId(), chosen).containsAll(wanted);
    }

    private static Set<String> namesOf(long bundleId, Collection<RegisteredModule> present) {
        Set<String> names = new HashSet<>();
        for (RegisteredModule registered : present) {
            if (registered.origin().bundleId() == bundleId) {
                names.add(registered.lsm().name());
            }
        }
        return names;
    }

    private void report(Generation next) {
        if (isEnding.getAsBoolean()) {
            return;
        }
        for (String problem : next.stack.problems()) {
            if (!current.stack.problems().contains(problem) && !StackBuilder.isAboutMissing(problem)) {
                LOG.log(Level.WARNING, problem);
            }
        }
        List<String> newly = new ArrayList<>(next.missing);
        newly.removeAll(current.missing);
        missing.report(newly, configuration);
        missing.back(next.missing);
    }

    /** Logs what is missing now, unless that was logged before. Called when a load is denied for it, and some time after the start. */
    public void reportMissing() {
        changes.lock();
        try {
            if (!closed && !isEnding.getAsBoolean()) {
                missing.report(current.missing, configuration);
                missing.back(current.missing);
            }
        } finally {
            changes.unlock();
        }
    }

    /** Returns what helps against missing modules. */
    public String fixForMissing() {
        return missing.fix();
    }

    /** Returns a line for each module that is registered and waits for its companions. */
    public List<String> waiting() {
        changes.lock();
        try {
            Collection<RegisteredModule> taking = complete();
            List<String> lines = new ArrayList<>();
            for (RegisteredModule registered : registered()) {
                if (!taking.contains(registered)
                        && !absent.contains(registered.serviceId())
                        && !registered.place().together().isEmpty()) {
                    lines.add(waiting(registered, taking));
                }
            }
            return lines;
        } finally {
            changes.unlock();
        }
    }

    private static String waiting(RegisteredModule registered, Collection<RegisteredModule> taking) {
        Set<String> wanted = new TreeSet<>(registered.place().together());
        wanted.removeAll(namesOf(registered.origin().bundleId(), taking));
        wanted.remove(registered.lsm().name());
        List<String> strange = registered.place().strangeNames();
        return "module " + registered.lsm() + " of bundle "
                + registered.origin().name()
                + " is not in the stack: its property " + SecurityModule.TOGETHER + " names "
                + (strange.isEmpty()
                        ? String.join(", ", wanted) + ", which that bundle does not have in the stack"
                        : "what is no name of a module: " + String.join(", ", strange));
    }

    /**
     * Waits for a newer generation.
     *
     * @param known the one that is not good enough
     * @return whether there is another one now; false when the time passed, the thread was interrupted or all is over
     */
    public boolean awaitChange(Generation known, Duration patience) {
        held.incrementAndGet();
        try {
            return awaitNewer(known, patience);
        } finally {
            held.decrementAndGet();
        }
    }

    /** Returns how many threads wait for a newer generation. */
    public int held() {
        return held.get();
    }

    private boolean awaitNewer(Generation known, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (published) {
            while (current == known && !closed) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    published.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return !closed;
        }
    }

    /** What a replacement does before the switch. */
    public interface Replacement<E extends Exception> {
        /**
         * Brings the new modules in.
         *
         * @return the service ids of those that go; null when the old ones stay
         */
        @Nullable
        Collection<Long> bringIn() throws E;
    }

    /**
     * Lets a bundle bring its modules in, and switches to them in one generation, without those that go. Other changes take
     * effect meanwhile.
     *
     * @param bundleId the bundle whose modules stay out of the stack until the switch
     */
    public <E extends Exception> void replace(long bundleId, Replacement<E> replacement) throws E {
        change(() -> arriving.add(bundleId));
        List<Long> going = new ArrayList<>();
        try {
            Collection<Long> found = replacement.bringIn();
            if (found != null) {
                going.addAll(found);
            }
        } finally {
            change(() -> switchOver(bundleId, going));
        }
    }

    private void switchOver(long bundleId, List<Long> going) {
        arriving.remove(bundleId);
        Set<String> names = new HashSet<>();
        going.forEach(serviceId -> names.add(name(serviceId)));
        for (RegisteredModule module : givenUp.contains(bundleId) ? List.<RegisteredModule>of() : modulesOf(bundleId)) {
            absent.remove(module.serviceId());
            if (names.contains(module.lsm().name())) {
                owners.handOver(module);
            }
        }
        absent.addAll(going);
        absent.retainAll(modules.keySet());
    }

    /**
     * Takes modules out of the stack that are still registered.
     *
     * @param retired whether somebody wants to do without them, so that they are not remembered as policies either
     */
    void takeOut(Collection<RegisteredModule> going, boolean retired) {
        change(() -> {
            if (retired) {
                going.forEach(module -> memory.forget(module.lsm().name()));
            }
            going.forEach(module -> absent.add(module.serviceId()));
            absent.retainAll(modules.keySet());
        });
    }

    /** The modules that a bundle registers stay out of the stack, until {@link #promote} or {@link #leave}. */
    void keepOut(long bundleId) {
        change(() -> arriving.add(bundleId));
    }

    /** A bundle that was kept out has no module any more. */
    void leave(long bundleId) {
        change(() -> arriving.remove(bundleId));
    }

    /**
     * Builds what the stack would be, and changes nothing.
     *
     * @param base the live stack
     * @throws IllegalStateException when the live stack is another one
     */
    public Generation vary(Generation base, Variation variation) {
        changes.lock();
        try {
            requireCurrent(base);
            NameOwners then = new NameOwners(owners.bundles());
            modules.values().stream()
                    .filter(each ->
                            variation.incoming().containsValue(each.origin().bundleId()))
                    .forEach(then::handOver);
            return StackBuilder.build(
                    base.stack.generation(),
                    variation.apply(base.modules(), modules.values()),
                    then,
                    variation.order().map(configuration::withOrder).orElse(configuration),
                    memory.names());
        } finally {
            changes.unlock();
        }
    }

    private void requireCurrent(Generation base) {
        if (current != base || closed) {
            throw new IllegalStateException("the live stack has changed");
        }
    }

    /**
     * Makes a variation the live stack in one generation.
     *
     * @param base the live stack
     * @return what undoes it, in one generation too
     * @throws IllegalStateException when the live stack is another one
     */
    public Runnable promote(Generation base, Variation variation) {
        changes.lock();
        try {
            requireCurrent(base);
            StackConfiguration settings = configuration;
            Set<Long> leaving = new HashSet<>();
            base.modules().stream().filter(variation::leavesOut).forEach(each -> leaving.add(each.serviceId()));
            List<RegisteredModule> outgoing = base.modules().stream()
                    .filter(each ->
                            variation.incoming().containsKey(each.origin().bundleId()))
                    .toList();
            Set<Long> coming = new HashSet<>();
            for (RegisteredModule each : modules.values()) {
                if (variation.incoming().containsValue(each.origin().bundleId())) {
                    coming.add(each.serviceId());
                    owners.handOver(each);
                }
            }
            absent.addAll(leaving);
            absent.removeAll(coming);
            arriving.removeAll(variation.incoming().values());
            standIns.putAll(variation.standIns());
            configuration = variation.order().map(settings::withOrder).orElse(settings);
            publish();
            return () -> change(() -> {
                absent.removeAll(leaving);
                absent.addAll(coming);
                absent.retainAll(modules.keySet());
                arriving.addAll(variation.incoming().values());
                outgoing.forEach(owners::handOver);
                standIns.clear();
                configuration =
                        variation.order().isPresent() ? configuration.withOrder(settings.order()) : configuration;
            });
        } finally {
            changes.unlock();
        }
    }

    /** The modules for which others stand in return to the stack, in one generation. */
    public void endStandIns() {
        change(standIns::clear);
    }

    /** The modules of a bundle stay out of the stack, whenever it registers them, until {@link #hasStopped}. */
    void giveUp(long bundleId) {
        change(() -> {
            givenUp.add(bundleId);
            modulesOf(bundleId).forEach(module -> absent.add(module.serviceId()));
        });
    }

    /** A bundle that was given up has stopped; if it starts again, its modules are as good as others. */
    void hasStopped(long bundleId) {
        change(() -> givenUp.remove(bundleId));
    }

    private String name(long serviceId) {
        RegisteredModule registered = modules.get(serviceId);
        return registered == null ? "" : registered.lsm().name();
    }

    /**
     * Waits until a bundle has registered a module of each name, or the time has passed, or the thread is interrupted.
     *
     * @return what it has registered then
     */
    public List<RegisteredModule> awaitModulesOf(long bundleId, Set<String> names, Duration patience) {
        return awaitModulesOf(bundleId, present -> present.containsAll(names), patience);
    }

    /** Waits until a bundle has registered any module; otherwise as {@link #awaitModulesOf(long, Set, Duration)}. */
    public List<RegisteredModule> awaitAnyModuleOf(long bundleId, Duration patience) {
        return awaitModulesOf(bundleId, present -> !present.isEmpty(), patience);
    }

    private List<RegisteredModule> awaitModulesOf(long bundleId, Predicate<Set<String>> isEnough, Duration patience) {
        long left = patience.toNanos();
        changes.lock();
        try {
            while (left > 0 && !isEnough.test(StackOperator.names(modulesOf(bundleId)))) {
                left = arrivals.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            changes.unlock();
        }
        return modulesOf(bundleId);
    }

    /** Returns the modules that a bundle has registered. */
    List<RegisteredModule> modulesOf(long bundleId) {
        changes.lock();
        try {
            return modules.values().stream()
                    .filter(registered -> registered.origin().bundleId() == bundleId)
                    .toList();
        } finally {
            changes.unlock();
        }
    }
}
