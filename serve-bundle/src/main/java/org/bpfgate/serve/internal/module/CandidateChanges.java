package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.serve.internal.store.ModuleIndex;
import org.bpfgate.serve.internal.store.PromotionJournal;
import org.bpfgate.serve.internal.store.Slot;
import org.bpfgate.serve.internal.store.Source;
import org.bpfgate.settings.SettingException;
import org.bpfgate.stack.CandidateModules;
import org.bpfgate.stack.CandidatePlan;
import org.bpfgate.stack.CandidateReport;
import org.bpfgate.stack.CandidateStack;
import org.bpfgate.stack.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Starts a candidate beside the live stack, and makes it the live one with everything that has to outlive the gate, or nothing. */
final class CandidateChanges {
    private static final String JOURNAL = "promotion";

    /** The loads that wait are compared within milliseconds each. */
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final BundleContext context;
    private final StackAdmin admin;
    private final ModuleBundles bundles;
    private final ModulePlaces places;
    private final ModuleIntake intake;
    private final Transaction changes;
    private final StackSettings settings;
    private final PromotionJournal journal;
    private final Problems problems;

    /** Whether the journal of the last promotion is still there; as the next one. */
    private boolean hasJournal;

    /** The one that runs, or ended by itself; used within {@link Transaction#exclusively} only. */
    private @Nullable Running running;

    /** What an operator wants to try. */
    record Wanted(
            Map<String, Path> replace,
            Optional<List<String>> order,
            Optional<Path> policy,
            List<Path> lists,
            List<String> without) {}

    /**
     * What an operator takes into account with a promotion.
     *
     * @param newlyAllowed that it allows loads that the live stack denied
     * @param untried that it was compared with few loads, or none
     * @param smaller that a list of it has much less entries than the one in force
     */
    record Accepted(boolean newlyAllowed, boolean untried, boolean smaller) {}

    /** A candidate and what it comes to when it is promoted. */
    private record Running(
            CandidateStack stack,
            ModuleIndex base,
            Map<Slot, Bundle> incoming,
            Map<Slot, Source> sources,
            List<Slot> without,
            Map<String, CandidateModules.Candidate> instances,
            Optional<List<String>> order,
            String what) {}

    CandidateChanges(
            BundleContext context,
            StackAdmin admin,
            ModuleBundles bundles,
            ModulePlaces places,
            ModuleIntake intake,
            Transaction changes,
            StackSettings settings,
            PromotionJournal journal,
            Problems problems) {
        this.problems = problems;
        this.context = context;
        this.admin = admin;
        this.bundles = bundles;
        this.places = places;
        this.intake = intake;
        this.changes = changes;
        this.settings = settings;
        this.journal = journal;
    }

    /** Starts a candidate. */
    Map<String, ?> start(Wanted wanted, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            clean();
            if (running != null) {
                throw new ControlException(Kind.REFUSED, "a candidate runs already: promote or drop it first");
            }
            List<String> what = new ArrayList<>();
            Map<Slot, Bundle> incoming = new LinkedHashMap<>();
            boolean isThere = false;
            try {
                Map<String, CandidateModules.Candidate> instances = instances(wanted, what);
                wanted.order().ifPresent(names -> what.add("order " + String.join(",", names)));
                places.check(wanted.order().orElse(List.of()));
                List<Slot> without = new ArrayList<>();
                for (String name : wanted.without()) {
                    without.add(places.running(name));
                    what.add("without " + name);
                }
                Map<Slot, Source> sources = new LinkedHashMap<>();
                for (Map.Entry<String, Path> each : wanted.replace().entrySet()) {
                    Slot slot = places.running(each.getKey());
                    Source source = bring(slot, each.getValue(), peer, incoming, sources);
                    what.add("replace " + each.getKey() + " by " + source.version());
                }
                if (what.isEmpty()) {
                    throw new ControlException(
                            Kind.USAGE, "a candidate differs from the live stack: name what it has instead");
                }
                CandidateStack stack = admin.startCandidate(plan(wanted, without, instances, incoming));
                running = new Running(
                        stack,
                        changes.index(),
                        incoming,
                        sources,
                        without,
                        instances,
                        wanted.order(),
                        String.join(", ", what));
                isThere = true;
                return Map.of("what", running.what());
            } catch (BundleException e) {
                throw Transaction.failed("no candidate was started", e);
            } catch (IllegalStateException e) {
                throw new ControlException(Kind.REFUSED, "no candidate was started: " + e.getMessage());
            } finally {
                if (!isThere) {
                    forget(incoming);
                }
            }
        });
    }

    private Map<String, CandidateModules.Candidate> instances(Wanted wanted, List<String> what)
            throws ControlException {
        Map<String, CandidateModules.Candidate> instances = new HashMap<>();
        if (wanted.policy().isPresent()) {
            String path = wanted.policy().get().toString();
            instances.put("ipe", instance("ipe", Map.of("policy", path)));
            what.add("policy " + path);
        }
        if (!wanted.lists().isEmpty()) {
            List<String> names = wanted.lists().stream().map(Path::toString).toList();
            instances.put("allowlist", instance("allowlist", Map.of("lists", String.join(",", names))));
            what.add("lists " + String.join(",", names));
        }
        return instances;
    }

    private CandidateModules.Candidate instance(String lsm, Map<String, String> changed) throws ControlException {
        try {
            for (ServiceReference<CandidateModules> each : context.getServiceReferences(
                    CandidateModules.class, "(" + CandidateModules.LSM + "=" + lsm + ")")) {
                CandidateModules maker = context.getService(each);
                if (maker != null) {
                    return maker.make(changed);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        } catch (SettingException e) {
            throw new ControlException(Kind.BAD_INPUT, e.key() + ": " + e.getMessage());
        }
        throw new ControlException(Kind.FAILED, "the module " + lsm + ", which would have it, does not run");
    }

    /** Copies, checks and installs a jar, as {@code lsm replace} does. */
    private Source bring(Slot slot, Path jar, ControlPeer peer, Map<Slot, Bundle> incoming, Map<Slot, Source> sources)
            throws ControlException {
        ModuleIntake.Checked checked = intake.taken(jar, false);
        Source source = intake.source(checked, peer);
        Optional<Slot> other = places.placeOf(source.bundle());
        boolean isTaken = other.isPresent() && !other.get().name().equals(slot.name());
        if (isTaken || checked.draft().sha256().equals(slot.current().sha256())) {
            intake.drop(checked.draft());
            throw new ControlException(
                    Kind.REFUSED,
                    isTaken ? source.bundle() + " is installed already for another module" : jar + " runs already");
        }
        Set<String> kept = new HashSet<>();
        sources.values().forEach(each -> kept.add(each.sha256()));
        kept.add(checked.draft().sha256());
        intake.keepForCandidate(kept);
        incoming.put(slot, intake.installed(checked));
        sources.put(slot, source);
        return source;
    }

    private CandidatePlan plan(
            Wanted wanted,
            List<Slot> without,
            Map<String, CandidateModules.Candidate> instances,
            Map<Slot, Bundle> incoming)
            throws ControlException {
        Set<String> left = new HashSet<>();
        without.forEach(slot -> left.addAll(slot.modules()));
        Map<String, SecurityModule> modules = new HashMap<>();
        instances.forEach((name, instance) -> modules.put(name, instance.module()));
        Map<Bundle, Bundle> replaced = new HashMap<>();
        for (Map.Entry<Slot, Bundle> each : incoming.entrySet()) {
            replaced.put(places.bundle(each.getKey()), each.getValue());
        }
        return new CandidatePlan(wanted.order(), left, modules, replaced);
    }

    /** Returns what the candidate has come to; null when there was none. */
    @Nullable
    CandidateReport report() {
        return admin.candidate().map(CandidateStack::report).orElse(null);
    }

    /** Makes the candidate the live stack. */
    Map<String, ?> promote(Accepted accepted, ControlPeer peer) throws ControlException, InterruptedException {
        CandidateStack waited = admin.candidate().orElse(null);
        if (waited != null && !waited.await(LONGEST_WAIT_MILLIS)) {
            throw new ControlException(Kind.FAILED, "loads still wait to be compared: try again");
        }
        return changes.exclusively(() -> {
            Running candidate = running();
            CandidateReport report = candidate.stack().report();
            CandidateRefusals.check(report, accepted);
            requireSources(candidate, accepted.smaller());
            Map<String, Object> result = new HashMap<>(promote(candidate, peer));
            result.put("compared", report.compared());
            result.put("deniedByBoth", report.deniedByBoth());
            return result;
        });
    }

    /** What it was made of must be what was compared, and no list of it much smaller than the one in force. */
    private static void requireSources(Running candidate, boolean acceptsSmaller) throws ControlException {
        for (CandidateModules.Candidate each : candidate.instances().values()) {
            try {
                each.requireCurrent();
            } catch (SettingException e) {
                throw new ControlException(Kind.REFUSED, String.valueOf(e.getMessage()));
            }
            Optional<String> loss = each.loss();
            if (loss.isPresent() && !acceptsSmaller) {
                throw new ControlException(
                        Kind.REFUSED, loss.get() + "; to promote the candidate all the same, say --accept-smaller");
            }
        }
    }

    /** Other settings of the live stack are other decisions than those that the candidate was compared with. */
    void settingsChanged(String pid) {
        admin.candidate()
                .filter(last -> last.report().ended().isEmpty())
                .ifPresent(last -> last.drop("the settings of " + pid + " were changed, or read again"));
    }

    private Map<String, ?> promote(Running candidate, ControlPeer peer) throws ControlException {
        ModuleIndex next = changes.index();
        for (Map.Entry<Slot, Source> each : candidate.sources().entrySet()) {
            next = places.ran(next.with(each.getKey().replacedBy(each.getValue())), each.getValue());
        }
        for (Slot slot : candidate.without()) {
            next = next.with(slot.started(false));
        }
        Map<String, String> order = new HashMap<>();
        candidate.order().ifPresent(names -> order.put(StackOrder.ORDER, String.join(",", names)));
        Promotion promotion = new Promotion(candidate, order, next);
        try {
            Transaction.Generations made = changes.change(
                    peer, "promote the candidate: " + candidate.what(), next, promotion::apply, promotion::undo, () -> {
                        candidate.stack().settle();
                        candidate.without().forEach(this::stop);
                    });
            running = null;
            return Map.of("before", made.before(), "after", made.after(), "what", candidate.what());
        } finally {
            if (running != null) {
                clean();
            }
            endJournal();
            intake.keepForCandidate(Set.of());
        }
    }

    /** What holds must hold after the next start too. */
    private void endJournal() {
        String problem = journal.close();
        if (problem.isEmpty()) {
            problems.clear(JOURNAL);
        } else {
            problems.set(JOURNAL, problem);
        }
        hasJournal = !problem.isEmpty();
    }

    private void stop(Slot slot) {
        bundles.of(slot.current()).ifPresent(bundle -> admin.remove(bundle, false));
    }

    /** The steps of one promotion, and how each is undone. */
    private final class Promotion {
        private final Running candidate;
        private final Map<String, String> order;
        private final ModuleIndex next;
        private final List<StackSettings.Saved> saved = new ArrayList<>();

        Promotion(Running candidate, Map<String, String> order, ModuleIndex next) {
            this.candidate = candidate;
            this.order = order;
            this.next = next;
        }

        ModuleIndex apply() throws ControlException {
            try {
                journal.begin();
                candidate.stack().promote();
                Map<String, Map<String, String>> written = new LinkedHashMap<>();
                for (Map.Entry<String, CandidateModules.Candidate> each :
                        candidate.instances().entrySet()) {
                    written.put("org.bpfgate." + each.getKey(), each.getValue().adopt());
                }
                if (!order.isEmpty()) {
                    written.put(StackOrder.PID, order);
                }
                for (Map.Entry<String, Map<String, String>> each : written.entrySet()) {
                    saved.add(settings.save(each.getKey()));
                    settings.write(each.getKey(), each.getValue());
                }
                return next;
            } catch (IOException e) {
                throw Transaction.failed("nothing has changed", e);
            } catch (SettingException | IllegalStateException e) {
                throw new ControlException(Kind.FAILED, "nothing has changed: " + e.getMessage());
            }
        }

        void undo() throws BundleException {
            try {
                for (StackSettings.Saved each : saved.reversed()) {
                    each.restore();
                }
                for (CandidateModules.Candidate each : candidate.instances().values()) {
                    each.revert();
                }
            } catch (IOException | SettingException e) {
                throw new BundleException(String.valueOf(e.getMessage()), e);
            } finally {
                candidate.stack().revert();
            }
        }
    }

    /** Ends the candidate. */
    Map<String, ?> drop() throws ControlException {
        return changes.exclusively(() -> {
            running().stack().drop("dropped by an operator");
            clean();
            return Map.of();
        });
    }

    /** Returns the candidate that runs. */
    private Running running() throws ControlException {
        clean();
        if (running == null) {
            throw new ControlException(
                    Kind.FAILED,
                    "no candidate runs"
                            + admin.candidate()
                                    .map(last -> "; the last one ended: "
                                            + last.report().ended())
                                    .orElse(""));
        }
        return running;
    }

    /** Forgets a candidate that has ended, and the journal of a promotion that could not be deleted before. */
    void clean() {
        if (hasJournal) {
            endJournal();
        }
        Running last = running;
        if (last != null && !last.stack().report().ended().isEmpty()) {
            last.stack().drop("");
            running = null;
            forget(last.incoming());
        }
    }

    private void forget(Map<Slot, Bundle> incoming) {
        incoming.values().forEach(bundles::uninstall);
        intake.keepForCandidate(Set.of());
        intake.clean(changes.index().needed());
    }
}
