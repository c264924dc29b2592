package org.bpfgate.serve.internal.module;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.serve.internal.store.ModuleIndex;
import org.bpfgate.serve.internal.store.ModuleStore;
import org.bpfgate.serve.internal.store.Slot;
import org.bpfgate.serve.internal.store.Source;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * What an operator does to modules. Each change happens whole or not at all; see {@link Transaction}.
 *
 * <p>What the changes return: {@code before} and {@code after}, the generations; {@code name}, {@code version} and {@code modules} of
 * the bundle; {@code waits}, a text, when it has no module in the stack since it waits for its settings.
 */
final class ModuleChanges {
    private final SecurityHooks hooks;
    private final StackAdmin admin;
    private final ModuleBundles bundles;
    private final ModulePlaces places;
    private final ModuleIntake intake;
    private final Transaction changes;
    private final Problems problems;

    ModuleChanges(
            SecurityHooks hooks,
            StackAdmin admin,
            ModuleBundles bundles,
            ModulePlaces places,
            ModuleIntake intake,
            Transaction changes,
            Problems problems) {
        this.hooks = hooks;
        this.admin = admin;
        this.bundles = bundles;
        this.places = places;
        this.intake = intake;
        this.changes = changes;
        this.problems = problems;
    }

    /** Installs a bundle that is not there. */
    Map<String, ?> install(Path jar, boolean allowOlder, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            ModuleIntake.Checked checked = intake.taken(jar, allowOlder);
            return install(checked, peer, null);
        });
    }

    /** Puts a bundle in the place of another one, which is kept. */
    Map<String, ?> replace(String name, Path jar, boolean allowOlder, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            Slot slot = places.running(name);
            ModuleIntake.Checked checked = intake.taken(jar, allowOlder);
            return replace(slot, checked, peer, slot.file());
        });
    }

    /** Takes the content of a file of modules.d: installs it, or replaces what came from that file or has its symbolic name. */
    void follow(Path jar, ControlPeer peer) throws ControlException {
        String fileName = jar.getFileName().toString();
        changes.exclusively(() -> {
            ModuleStore.Draft draft = intake.copied(jar);
            Optional<Slot> following = changes.index().ofFile(fileName);
            Slot.Followed before = following.map(Slot::file).orElse(null);
            if (before != null && draft.sha256().equals(before.sha256())) {
                intake.drop(draft);
                return Map.of();
            }
            ModuleIntake.Checked checked = intake.checked(draft, jar, false);
            Slot.Followed followed = new Slot.Followed(fileName, draft.sha256());
            Optional<Slot> there = following.isPresent()
                    ? following
                    : places.placeOf(checked.jar().bundle());
            return there.isEmpty()
                    ? install(checked, peer, followed)
                    : replace(places.running(there.get().name()), checked, peer, followed);
        });
    }

    private Map<String, ?> install(ModuleIntake.Checked checked, ControlPeer peer, Slot.@Nullable Followed followed)
            throws ControlException {
        String name = checked.jar().bundle();
        if (places.placeOf(name).isPresent()) {
            intake.drop(checked.draft());
            throw new ControlException(
                    Kind.REFUSED, name + " is installed already: use bpfgate lsm replace " + name + " FILE.jar");
        }
        Source source = intake.source(checked, peer);
        Bundle bundle = intake.installed(checked);
        Slot slot = new Slot(name, List.of(), true, source, null, followed);
        ModuleIndex next = places.ran(changes.index().with(slot), source);
        return change(
                peer,
                "install " + described(source),
                next,
                () -> {
                    admin.add(bundle);
                    requireModule(bundle);
                    return next.with(slot.withModules(places.inStack(bundle)));
                },
                () -> {
                    takeOut(bundle);
                    bundles.uninstall(bundle);
                },
                bundle);
    }

    /** One that is no module, and waits for nothing, would be waited for without an end. */
    private void requireModule(Bundle bundle) throws ControlException {
        if (bundles.modules(bundle).isEmpty() && !bundles.mayWait(bundle)) {
            throw new ControlException(
                    Kind.REFUSED,
                    bundle.getSymbolicName()
                            + " has started and brings no module: a module is a service SecurityModule,"
                            + " which is registered when it is ready, or waits for settings of a PID that its bundle takes");
        }
    }

    private Map<String, ?> replace(
            Slot slot, ModuleIntake.Checked checked, ControlPeer peer, Slot.@Nullable Followed followed)
            throws ControlException {
        Source source = intake.source(checked, peer);
        if (checked.draft().sha256().equals(slot.current().sha256())) {
            intake.drop(checked.draft());
            return unchanged(slot, followed);
        }
        Optional<Slot> other = places.placeOf(source.bundle());
        if (other.isPresent() && !other.get().name().equals(slot.name())) {
            intake.drop(checked.draft());
            throw new ControlException(
                    Kind.REFUSED,
                    source.bundle() + " is installed already, for "
                            + String.join(", ", other.get().modules())
                            + ", which is the module that it replaces; to put it in the place of " + slot.name()
                            + ", remove it first");
        }
        Bundle outgoing = places.bundle(slot);
        Bundle incoming = intake.installed(checked);
        Slot replaced = slot.replacedBy(source).following(followed);
        ModuleIndex next = places.ran(changes.index().with(replaced), source);
        Map<String, ?> result = change(
                peer,
                "replace " + described(slot.current()) + " by " + described(source),
                next,
                () -> {
                    admin.replace(outgoing, incoming);
                    return next.with(replaced.withModules(places.inStack(incoming)));
                },
                () -> {
                    switchBack(incoming, outgoing);
                    bundles.uninstall(incoming);
                },
                incoming);
        forget(slot.kept());
        return result;
    }

    /** Puts the bundle that was kept in the place of the one that runs, which is kept in turn. */
    Map<String, ?> rollback(String name, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            Slot slot = places.running(name);
            Source kept = slot.kept();
            if (kept == null) {
                throw new ControlException(
                        Kind.FAILED, "of " + name + " nothing is kept to go back to: it was never replaced");
            }
            Bundle outgoing = places.bundle(slot);
            Bundle incoming = intake.restored(kept);
            Slot back = slot.replacedBy(kept);
            ModuleIndex next = changes.index().with(back);
            return change(
                    peer,
                    "roll back " + described(slot.current()) + " to " + described(kept),
                    next,
                    () -> {
                        admin.replace(outgoing, incoming);
                        return next.with(back.withModules(places.inStack(incoming)));
                    },
                    () -> switchBack(incoming, outgoing),
                    incoming);
        });
    }

    /** Stops a module until it is started again. */
    Map<String, ?> stop(String name, boolean force, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            Slot slot = places.running(name);
            refuseRequired(slot, force, "stop");
            Bundle bundle = places.bundle(slot);
            return change(
                    peer,
                    "stop " + described(slot.current()),
                    changes.index().with(slot.started(false)),
                    () -> {
                        admin.remove(bundle, false);
                        return changes.index().with(slot.started(false));
                    },
                    () -> admin.add(bundle),
                    bundle);
        });
    }

    /** Starts a module that was stopped, or whose start failed. */
    Map<String, ?> start(String name, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            Slot slot = places.place(name);
            if (slot.started()
                    && bundles.of(slot.current()).map(Bundle::getState).orElse(0) == Bundle.ACTIVE) {
                throw new ControlException(Kind.FAILED, name + " runs already");
            }
            Bundle bundle = intake.restored(slot.current());
            Slot started = slot.started(true);
            ModuleIndex next = changes.index().with(started);
            Map<String, ?> result = change(
                    peer,
                    "start " + described(slot.current()),
                    next,
                    () -> {
                        admin.add(bundle);
                        Set<String> names = places.inStack(bundle);
                        return next.with(names.isEmpty() ? started : started.withModules(names));
                    },
                    () -> {
                        if (bundle.getState() == Bundle.ACTIVE) {
                            admin.remove(bundle, false);
                        }
                    },
                    bundle);
            problems.clear(subject(slot));
            return result;
        });
    }

    /** Stops a module and forgets it. */
    Map<String, ?> remove(String name, boolean force, ControlPeer peer) throws ControlException {
        return changes.exclusively(() -> {
            Slot slot = places.place(name);
            if (slot.file() != null) {
                throw new ControlException(
                        Kind.REFUSED,
                        name + " comes from " + slot.file().name()
                                + " of modules.d and would come again: delete that file");
            }
            return remove(slot, force, peer);
        });
    }

    /** A file of modules.d is gone. */
    void unfollow(Slot following, ControlPeer peer) throws ControlException {
        changes.exclusively(() -> {
            Slot slot = changes.index().slots().get(following.name());
            return slot == null ? Map.of() : remove(slot, false, peer);
        });
    }

    private Map<String, ?> remove(Slot slot, boolean force, ControlPeer peer) throws ControlException {
        if (slot.current().sha256() == null) {
            throw new ControlException(
                    Kind.REFUSED, slot.name() + " belongs to the installation and cannot be removed: stop it instead");
        }
        if (slot.kept() != null && slot.kept().sha256() == null) {
            throw new ControlException(
                    Kind.REFUSED,
                    slot.name() + " stands in for a bundle of the installation: roll it back, or stop it");
        }
        refuseRequired(slot, force, "remove");
        Optional<Bundle> bundle = bundles.of(slot.current());
        boolean wasActive = bundle.map(Bundle::getState).orElse(0) == Bundle.ACTIVE;
        ModuleIndex next = changes.index().without(slot);
        Map<String, ?> result = change(
                peer,
                "remove " + described(slot.current()),
                next,
                () -> {
                    if (wasActive) {
                        admin.remove(bundle.get(), false);
                    }
                    return next;
                },
                () -> {
                    if (wasActive) {
                        admin.add(bundle.get());
                    }
                },
                null);
        problems.clear(subject(slot));
        forget(slot.current());
        forget(slot.kept());
        return result;
    }

    private void refuseRequired(Slot slot, boolean force, String what) throws ControlException {
        Set<String> required = new TreeSet<>(admin.required());
        required.retainAll(slot.modules());
        if (!required.isEmpty() && !force) {
            throw new ControlException(
                    Kind.REFUSED,
                    String.join(", ", required) + " is required: without it every load is held and denied; to " + what
                            + " it all the same, say --force");
        }
    }

    /** Undoes that a bundle was added: its policies are not required for having been there. */
    private void takeOut(Bundle bundle) {
        if (bundle.getState() == Bundle.ACTIVE) {
            admin.remove(bundle, true);
        }
    }

    private void switchBack(Bundle incoming, Bundle outgoing) throws BundleException {
        if (incoming.getState() == Bundle.ACTIVE && outgoing.getState() != Bundle.ACTIVE) {
            admin.replace(incoming, outgoing);
        }
    }

    private void forget(@Nullable Source source) {
        if (source != null
                && source.sha256() != null
                && !changes.index().needed().contains(source.sha256())) {
            bundles.of(source).ifPresent(bundles::uninstall);
        }
        intake.clean(changes.index().needed());
    }

    private Map<String, ?> change(
            ControlPeer peer,
            String what,
            ModuleIndex planned,
            Transaction.Step step,
            Transaction.Undo undo,
            @Nullable Bundle bundle)
            throws ControlException {
        try {
            Transaction.Generations made = changes.change(peer, what, planned, step, undo);
            return result(made.before(), made.after(), bundle);
        } finally {
            intake.clean(changes.index().needed());
        }
    }

    private Map<String, ?> result(long before, long after, @Nullable Bundle bundle) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("before", before);
        result.put("after", after);
        if (bundle != null) {
            Set<String> modules = bundles.modules(bundle);
            result.put("name", String.valueOf(bundle.getSymbolicName()));
            result.put("version", bundle.getVersion().toString());
            result.put("modules", List.copyOf(modules));
            if (modules.isEmpty() && bundle.getState() == Bundle.ACTIVE) {
                Set<String> pids = bundles.pids(bundle);
                result.put(
                        "waits",
                        "waits for its settings" + (pids.isEmpty() ? "" : " (PID " + String.join(", ", pids) + ")"));
            }
        }
        return result;
    }

    /** The file holds what runs already. */
    private Map<String, ?> unchanged(Slot slot, Slot.@Nullable Followed followed) throws ControlException {
        if (followed != null && !followed.equals(slot.file())) {
            changes.note(changes.index().with(slot.following(followed)));
        }
        long generation = hooks.stack().generation();
        return result(generation, generation, places.bundle(slot));
    }

    private static String described(Source source) {
        return source.bundle() + " " + source.version();
    }

    private static String subject(Slot slot) {
        return "module " + slot.name();
    }
}
