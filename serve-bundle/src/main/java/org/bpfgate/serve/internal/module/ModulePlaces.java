package org.bpfgate.serve.internal.module;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.serve.internal.store.ModuleIndex;
import org.bpfgate.serve.internal.store.Slot;
import org.bpfgate.serve.internal.store.Source;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Finds the places of bundles by what operators call them, in the index, the distribution and the stack. */
final class ModulePlaces {
    private final SecurityHooks hooks;
    private final ModuleBundles bundles;
    private final Transaction changes;

    ModulePlaces(SecurityHooks hooks, ModuleBundles bundles, Transaction changes) {
        this.hooks = hooks;
        this.bundles = bundles;
        this.changes = changes;
    }

    /** Returns the place that an operator's word means; one of the distribution that nobody changed gets one. */
    Slot place(String name) throws ControlException {
        Optional<Slot> called = changes.index().called(name);
        if (called.isPresent()) {
            return called.get();
        }
        for (ModuleStack.Entry entry : hooks.stack().modules()) {
            if (entry.lsm().name().equals(name) || entry.bundle().equals(name)) {
                Optional<Slot> shipped = shipped(entry.bundle());
                if (shipped.isPresent()) {
                    return shipped.get();
                }
            }
        }
        throw new ControlException(
                Kind.USAGE,
                "there is no module " + name + (known().isEmpty() ? "" : "; there are " + String.join(", ", known())));
    }

    private Optional<Slot> shipped(String symbolicName) {
        return bundles.ofDistribution(symbolicName).map(bundle -> {
            Source source = new Source(
                    symbolicName, bundle.getVersion().toString(), null, Source.DISTRIBUTION, Instant.EPOCH, 0, 0);
            return new Slot(symbolicName, List.copyOf(bundles.modules(bundle)), true, source, null, null);
        });
    }

    /** Returns the place of a bundle that is installed. */
    Optional<Slot> placeOf(String symbolicName) {
        Optional<Slot> there = changes.index().ofBundle(symbolicName);
        if (there.isPresent()) {
            return there;
        }
        Slot named = changes.index().slots().get(symbolicName);
        return named != null ? Optional.of(named) : shipped(symbolicName);
    }

    Set<String> known() {
        Set<String> names = new TreeSet<>();
        hooks.stack().modules().forEach(entry -> names.add(entry.lsm().name()));
        changes.index().slots().values().forEach(slot -> names.addAll(slot.modules()));
        return names;
    }

    /** Refuses names that no module has, and one that is named twice. */
    void check(List<String> names) throws ControlException {
        Set<String> unknown = new TreeSet<>(names);
        if (unknown.size() < names.size()) {
            throw new ControlException(Kind.USAGE, "a module is named twice");
        }
        unknown.removeAll(known());
        if (!unknown.isEmpty()) {
            throw new ControlException(
                    Kind.USAGE,
                    "there is no module " + String.join(", ", unknown) + "; there are " + String.join(", ", known()));
        }
    }

    Slot running(String name) throws ControlException {
        Slot slot = place(name);
        if (!slot.started() || bundles.of(slot.current()).map(Bundle::getState).orElse(0) != Bundle.ACTIVE) {
            throw new ControlException(Kind.FAILED, name + " does not run: start it first, or remove it");
        }
        return slot;
    }

    Bundle bundle(Slot slot) throws ControlException {
        return bundles.of(slot.current())
                .orElseThrow(() -> new ControlException(Kind.FAILED, slot.name() + " is not installed"));
    }

    /**
     * Returns the names of a bundle's modules, all of which are in the stack.
     *
     * @throws ControlException when one is left out of the stack
     */
    Set<String> inStack(Bundle bundle) throws ControlException {
        Set<String> names = bundles.modules(bundle);
        ModuleStack stack = hooks.stack();
        for (String name : names) {
            boolean isIn = stack.modules().stream()
                    .anyMatch(entry -> entry.lsm().name().equals(name)
                            && entry.bundle().equals(bundle.getSymbolicName())
                            && entry.version().equals(bundle.getVersion().toString()));
            if (!isIn) {
                throw new ControlException(
                        Kind.REFUSED,
                        bundle.getSymbolicName() + " has a module " + name + " that is left out of the stack: "
                                + stack.problems().stream()
                                        .filter(problem -> problem.contains(name))
                                        .findFirst()
                                        .orElse("the log tells why"));
            }
        }
        return names;
    }

    @Nullable
    String newest(String bundle) {
        String ran = changes.index().newest().get(bundle);
        return ran != null
                ? ran
                : bundles.ofDistribution(bundle)
                        .map(found -> found.getVersion().toString())
                        .orElse(null);
    }

    ModuleIndex ran(ModuleIndex changed, Source source) {
        String before = newest(source.bundle());
        boolean isNewest =
                before == null || Version.parseVersion(source.version()).compareTo(Version.parseVersion(before)) >= 0;
        return changed.ran(source.bundle(), isNewest ? source.version() : String.valueOf(before));
    }

    ModuleIndex index() {
        return changes.index();
    }
}
