package org.bpfgate.policy.ipe.internal.service;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfgate.hook.LsmId;
import org.bpfgate.policy.ipe.internal.hook.IpeModule;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Further policies beside the one of the module {@code ipe}: each configuration makes a module with a name of its own,
 * {@value #LSM}, in the same stack. A load is allowed when all of them allow it, as with any policy modules.
 */
public final class StackedPolicies implements ManagedServiceFactory {
    /** The name of the module, which no other module may have. */
    static final String LSM = "lsm";

    private static final List<String> KEYS =
            Stream.concat(Stream.of(LSM), PolicySettings.KEYS.stream()).toList();

    /** Names of verifiers, of the framework itself, and the word of {@code lsm.required} that is no name. */
    private static final Set<String> RESERVED = Set.of("hornet", "native", "allowlist", "framework", "none");

    private final BundleContext context;

    /** By the PID of the configuration. */
    private final Map<String, StackedPolicy> stacked = new HashMap<>();

    public StackedPolicies(BundleContext context) {
        this.context = context;
    }

    @Override
    public String getName() {
        return "bpfgate stacked policies";
    }

    /**
     * Makes a module, or changes one, as {@link PolicyConfiguration#updated} does. A configuration that gives its module
     * another name takes the old module away after the new one has come.
     *
     * @throws ConfigurationException as {@link PolicyConfiguration#updated}
     */
    @Override
    public synchronized void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            stacked.computeIfAbsent(pid, StackedPolicy::new).target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    /** Takes the module of a configuration out of the stack. */
    @Override
    public synchronized void deleted(String pid) {
        StackedPolicy gone = stacked.remove(pid);
        if (gone != null) {
            gone.delete();
        }
    }

    /** Reads policies again that were refused: their signatures may be judged otherwise now. */
    public synchronized void retry() {
        stacked.values().forEach(each -> each.target.retry());
    }

    /** Takes all of them out of the stack: the bundle stops. */
    public synchronized void withdrawAll() {
        stacked.values().forEach(StackedPolicy::withdraw);
        stacked.clear();
    }

    private LsmId id(StackedPolicy asking, @Nullable String name) throws SettingException {
        if (name == null || !LsmId.isName(name)) {
            throw new SettingException(
                    LSM,
                    "expected the name of a module of its own (up to 32 of a-z, 0-9, - and _, beginning with a letter), found "
                            + (name == null ? "nothing" : "\"" + name + "\""));
        }
        if (RESERVED.contains(name)) {
            throw new SettingException(LSM, "the name \"" + name + "\" is reserved, and no name for a further policy");
        }
        if (name.equals(IpeModule.IPE.name()) || isTaken(name, asking)) {
            throw new SettingException(LSM, "the name \"" + name + "\" is taken by another policy");
        }
        return LsmId.named(name);
    }

    private boolean isTaken(String name, StackedPolicy asking) {
        return stacked.values().stream().anyMatch(other -> other != asking && other.isNamed(name));
    }

    /** What one configuration comes to. Used under the lock of the service. */
    private final class StackedPolicy implements SettingsTarget.Use {
        private final SettingsTarget target;
        private @Nullable IpeRegistration registration;

        StackedPolicy(String pid) {
            target = new SettingsTarget(context, pid, PolicyConfiguration.PID, KEYS, this);
        }

        boolean isNamed(String name) {
            return registration != null && registration.lsm().equals(name);
        }

        @Override
        public SettingsTarget.Change read(Settings settings) {
            LsmId id = settings.read(() -> id(this, settings.text(LSM)), null);
            IpeRegistration before = registration;
            IpeRegistration next = before != null && (id == null || isNamed(id.name()))
                    ? before
                    : new IpeRegistration(context, id == null ? IpeModule.IPE : id);
            SettingsTarget.Change change = new PolicySettings(settings).read(next);
            return () -> {
                change.apply();
                registration = next;
                if (before != null && before != next) {
                    before.retire();
                }
            };
        }

        @Override
        public String withoutConfiguration() {
            IpeRegistration gone = registration;
            registration = null;
            if (gone == null) {
                return "it made no module";
            }
            gone.retire();
            return "module " + gone.lsm() + " leaves the stack";
        }

        void delete() {
            try {
                target.update(null);
            } catch (SettingException e) {
                throw new IllegalStateException("nothing is read of a configuration that is gone", e);
            }
        }

        void withdraw() {
            if (registration != null) {
                registration.withdraw();
            }
        }
    }
}
