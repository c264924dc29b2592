package org.bpfgate.policy.ipe.internal.store;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are loaded: those of the state directory, and the boot policy, which the configuration holds. Of two with
 * one name the newer counts, and of two equals the one of the directory; so an update of the boot policy outlives a restart,
 * and a newer boot policy the update. Immutable.
 */
final class Catalogue {
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final @Nullable Active active;

    /** Puts them together; there may be no boot policy. */
    Catalogue(Index index, @Nullable Entry boot) {
        for (Entry entry : index.entries()) {
            entries.put(entry.name(), entry);
        }
        active = index.active() == null && boot != null ? new Active(boot.name(), boot.version()) : index.active();
        if (boot != null) {
            entries.merge(
                    boot.name(),
                    boot,
                    (kept, booted) -> Versions.isNewer(booted.version(), kept.version()) ? booted : kept);
        }
    }

    /** Returns all policies by name. */
    Collection<Entry> all() {
        return entries.values();
    }

    /** Finds a policy. Throws {@code ENOENT} when none of that name is loaded. */
    Entry get(String name) throws PolicyException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new PolicyException(Errno.ENOENT, "no policy " + name + " is loaded");
        }
        return entry;
    }

    /** Returns the policy of that name; null when none is loaded. */
    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }

    /** Returns whether the policy of that name is to decide. */
    boolean isActive(String name) {
        return active != null && active.name().equals(name);
    }

    /** Returns the version below which no policy may be activated; null for no limit. */
    @Nullable
    PolicyVersion floor() {
        return active == null ? null : active.version();
    }

    /**
     * Returns the policy that is to decide; null when none ever was activated.
     *
     * @throws PolicyException when it is not what was activated: {@code ENOENT}, it is no longer there; {@code ESTALE}, it is
     *     older. Either means that it was the boot policy, and that the configuration was changed
     */
    @Nullable
    Entry active() throws PolicyException {
        if (active == null) {
            return null;
        }
        Entry entry = entries.get(active.name());
        if (entry == null) {
            throw new PolicyException(
                    Errno.ENOENT,
                    "the active policy " + active.name() + " " + active.version() + " is no longer there");
        }
        if (Versions.isNewer(active.version(), entry.version())) {
            throw new PolicyException(
                    Errno.ESTALE, "policy " + entry + " is older than the active version " + active.version());
        }
        return entry;
    }

    /** Returns the policy of the active one's name, whatever became of it; null when there is none. */
    @Nullable
    Entry lastActive() {
        return active == null ? null : entries.get(active.name());
    }
}
