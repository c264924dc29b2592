package org.bpfgate.policy.ipe.internal.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.LoadedPolicy.Origin;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.bpfgate.policy.ipe.internal.store.StateDirectory.Changed;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one module, in a directory. Every request looks at the directory anew, so that several processes may work
 * on it; what another process activates decides here after the next {@link #active}.
 */
public final class PolicyStore implements PolicyAdmin {
    private static final byte[] NO_CONTENT = {};

    private final StateDirectory directory;
    private final PolicyReader reader;
    private final boolean unsigned;
    private final @Nullable Policy boot;
    private final Consumer<Policy> decides;
    private final PolicyAudit audit;

    /**
     * Makes a store; touches no file.
     *
     * @param directory where the policies are kept; made when the first one is loaded
     * @param reader verifies and reads them
     * @param unsigned whether plain text may be loaded
     * @param boot the policy to begin with; null for none
     * @param decides takes the policy that decides from then on, called inside of the request that made it so
     * @param audit records what happens
     */
    public PolicyStore(
            Path directory,
            PolicyReader reader,
            boolean unsigned,
            @Nullable Policy boot,
            Consumer<Policy> decides,
            PolicyAudit audit) {
        this.directory = new StateDirectory(directory);
        this.reader = reader;
        this.unsigned = unsigned;
        this.boot = boot;
        this.decides = decides;
        this.audit = audit;
    }

    /**
     * Reads the policy that is to decide, from the disk.
     *
     * @return the policy; null when none was ever activated and there is no boot policy
     * @throws PolicyException when it cannot be had: {@code ENOENT}, {@code ESTALE} it was the boot policy, which is now
     *     another one; {@code ENOPKG}, {@code ENOKEY}, {@code EKEYREJECTED} its signature is not accepted; {@code EBADMSG},
     *     {@code EPERM}, {@code EIO} the directory is damaged or cannot be read
     */
    public @Nullable Policy active() throws PolicyException {
        Entry entry = catalogue(directory.read()).active();
        while (entry != null) {
            try {
                return policy(entry);
            } catch (PolicyException e) {
                Entry now = catalogue(directory.read()).active();
                if (entry.equals(now)) {
                    throw e;
                }
                // Another process has replaced it between the two reads.
                entry = now;
            }
        }
        return null;
    }

    /** Returns whether a policy was ever activated. */
    public boolean isActivated() throws PolicyException {
        return directory.read().active() != null;
    }

    /** Fails as {@link #list} does when the directory cannot be used. */
    public void check() throws PolicyException {
        directory.read();
    }

    @Override
    public List<LoadedPolicy> list() throws PolicyException {
        Catalogue catalogue = catalogue(directory.read());
        List<LoadedPolicy> all = new ArrayList<>();
        for (Entry entry : catalogue.all()) {
            all.add(entry.described(catalogue.isActive(entry.name())));
        }
        return List.copyOf(all);
    }

    @Override
    public synchronized LoadedPolicy load(byte[] policy) throws PolicyException {
        try {
            Entry entry = reader.read(policy, unsigned).entry();
            PolicyNames.requireUsable(entry.name());
            directory.change(policy, index -> {
                if (catalogue(index).find(entry.name()) != null) {
                    throw new PolicyException(
                            Errno.EEXIST, "policy " + entry.name() + " is loaded already; update it instead");
                }
                return index.with(entry);
            });
            audit.loaded(entry);
            return entry.described(false);
        } catch (PolicyException e) {
            audit.refused(e);
            throw e;
        }
    }

    @Override
    public synchronized LoadedPolicy update(String name, byte[] policy) throws PolicyException {
        try {
            catalogue(directory.read()).get(name);
            ReadPolicy read = reader.read(policy, unsigned);
            Entry entry = read.entry();
            Changed changed = directory.change(policy, index -> updated(index, name, entry));
            Catalogue before = catalogue(changed.before());
            audit.loaded(entry);
            if (before.isActive(name)) {
                decides.accept(read.policy());
                audit.switched(before.find(name), entry);
            }
            return entry.described(before.isActive(name));
        } catch (PolicyException e) {
            audit.refused(e);
            throw e;
        }
    }

    private Index updated(Index index, String name, Entry entry) throws PolicyException {
        Catalogue catalogue = catalogue(index);
        Entry present = catalogue.get(name);
        if (!entry.name().equals(name)) {
            throw new PolicyException(
                    Errno.EINVAL, "this is policy " + entry.name() + ", which cannot replace policy " + name);
        }
        if (!Versions.isNewer(entry.version(), present.version())) {
            throw new PolicyException(
                    Errno.ESTALE,
                    "version " + entry.version() + " is not greater than version " + present.version()
                            + ", which is loaded");
        }
        Index next = index.with(entry);
        return catalogue.isActive(name) ? next.withActive(new Active(name, entry.version())) : next;
    }

    @Override
    public synchronized LoadedPolicy activate(String name) throws PolicyException {
        Catalogue catalogue = catalogue(directory.read());
        Entry entry = catalogue.get(name);
        if (catalogue.isActive(name)) {
            return entry.described(true);
        }
        Policy policy = policy(entry);
        Changed changed = directory.change(NO_CONTENT, index -> activated(index, entry));
        decides.accept(policy);
        audit.switched(catalogue(changed.before()).lastActive(), entry);
        return entry.described(true);
    }

    private Index activated(Index index, Entry entry) throws PolicyException {
        Catalogue catalogue = catalogue(index);
        if (!entry.equals(catalogue.get(entry.name()))) {
            throw new PolicyException(Errno.EBUSY, "policy " + entry.name() + " is being changed by another process");
        }
        PolicyVersion floor = catalogue.floor();
        if (floor != null && Versions.isNewer(floor, entry.version())) {
            throw new PolicyException(
                    Errno.EINVAL, "policy " + entry + " is older than the active policy, which has version " + floor);
        }
        return index.withActive(new Active(entry.name(), entry.version()));
    }

    @Override
    public synchronized void delete(String name) throws PolicyException {
        directory.change(NO_CONTENT, index -> deleted(index, name));
    }

    private Index deleted(Index index, String name) throws PolicyException {
        Catalogue catalogue = catalogue(index);
        Entry entry = catalogue.get(name);
        if (catalogue.isActive(name)) {
            throw new PolicyException(Errno.EPERM, "policy " + name + " is active; activate another one first");
        }
        if (entry.origin() == Origin.BOOT) {
            throw new PolicyException(Errno.EPERM, "policy " + name + " is the boot policy of the configuration");
        }
        return index.without(name);
    }

    private Catalogue catalogue(Index index) {
        return new Catalogue(index, boot == null ? null : bootEntry(boot));
    }

    private static Entry bootEntry(Policy boot) {
        return new Entry(boot.header().name(), boot.header().version(), Origin.BOOT, Sha256.EMPTY, null);
    }

    /** The origin was decided when the policy was loaded; the signature must be good whenever the policy is taken up. */
    private Policy policy(Entry entry) throws PolicyException {
        if (entry.origin() == Origin.BOOT) {
            return Objects.requireNonNull(boot);
        }
        ReadPolicy read = reader.read(directory.content(entry), true);
        Entry found = read.entry();
        if (found.origin() != entry.origin()
                || !found.name().equals(entry.name())
                || !found.version().equals(entry.version())) {
            throw new PolicyException(Errno.EBADMSG, "what is kept as policy " + entry + " is policy " + found);
        }
        return read.policy();
    }
}
