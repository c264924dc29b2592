package org.bpfgate.policy.ipe.internal;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfgate.hook.LsmId;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Further policies beside the one of the module {@code ipe}: each configuration makes a module with a name of its own,
 * {@value #LSM}, in the same stack. A load is let in when all of them allow it, as with any policy modules.
 */
final class StackedPolicies implements ManagedServiceFactory {
    /** The name of the module, which no other module may have. */
    static final String LSM = "lsm";

    private static final List<String> KEYS =
            Stream.concat(Stream.of(LSM), PolicySettings.KEYS.stream()).toList();

    private final BundleContext context;
    private final Map<String, ModuleOffer> byPid = new HashMap<>();

    StackedPolicies(BundleContext context) {
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
     * @throws ConfigurationException when a property or the policy is wrong; what was there then stays
     */
    @Override
    public synchronized void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            new SettingsTarget(context, PolicyConfiguration.PID, KEYS, settings -> use(pid, settings))
                    .update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    private void use(String pid, @Nullable Settings values) throws SettingException {
        if (values == null) {
            deleted(pid);
            return;
        }
        PolicySettings settings = new PolicySettings(values);
        LsmId id = id(pid, values.text(LSM));
        ModuleOffer present = byPid.get(pid);
        if (present != null && present.lsm().equals(id.name())) {
            settings.applyTo(present);
            return;
        }
        ModuleOffer offer = new ModuleOffer(context, id);
        settings.applyTo(offer);
        byPid.put(pid, offer);
        if (present != null) {
            present.retire();
        }
    }

    /** Takes the module of a configuration out of the stack. */
    @Override
    public synchronized void deleted(String pid) {
        ModuleOffer gone = byPid.remove(pid);
        if (gone != null) {
            gone.retire();
        }
    }

    /** Takes all of them out of the stack: the bundle stops. */
    synchronized void withdrawAll() {
        byPid.values().forEach(ModuleOffer::withdraw);
        byPid.clear();
    }

    private LsmId id(String pid, @Nullable String name) throws SettingException {
        if (name == null || !LsmId.isName(name)) {
            throw new SettingException(
                    LSM,
                    "expected the name of a module of its own (up to 32 of a-z, 0-9, - and _, beginning with a letter), found "
                            + (name == null ? "nothing" : "\"" + name + "\""));
        }
        if (name.equals(IpeModule.IPE.name()) || isTaken(name, pid)) {
            throw new SettingException(LSM, "the name \"" + name + "\" is taken by another policy");
        }
        return LsmId.named(name);
    }

    private boolean isTaken(String name, String pid) {
        for (Map.Entry<String, ModuleOffer> other : byPid.entrySet()) {
            if (!other.getKey().equals(pid) && other.getValue().lsm().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
