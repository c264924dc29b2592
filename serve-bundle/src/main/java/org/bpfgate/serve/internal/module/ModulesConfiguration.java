package org.bpfgate.serve.internal.module;

import java.util.Dictionary;
import java.util.List;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Takes the settings of {@link ModulesDefinition}. */
final class ModulesConfiguration implements ManagedService, SettingsTarget.Use {
    private static final String UNSIGNED = "modules.unsigned";
    private static final String LISTENERS = "listeners.per.user";
    private static final int MOST_LISTENERS = 1_000_000;
    private static final String REFUSE = "refuse";
    private static final String ALLOW = "allow";

    private final ModuleLife life;
    private final SettingsTarget target;

    ModulesConfiguration(BundleContext context, ModuleLife life) {
        this.life = life;
        target = new SettingsTarget(context, ModulesDefinition.PID, List.of(UNSIGNED, LISTENERS), this);
    }

    /**
     * Applies settings.
     *
     * @throws ConfigurationException when a property is wrong; then nothing changes
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    @Override
    public SettingsTarget.Change read(Settings settings) {
        boolean allow = settings.read(() -> isAllowed(settings.text(UNSIGNED)), false);
        long listeners = settings.read(
                () -> settings.number(LISTENERS, "a number of listeners", 1, MOST_LISTENERS, ListenerLimit.DEFAULT),
                (long) ListenerLimit.DEFAULT);
        return () -> {
            life.allowUnsigned(allow);
            life.limitOfUser((int) listeners);
        };
    }

    private static boolean isAllowed(@Nullable String value) throws SettingException {
        if (value == null || value.equals(REFUSE)) {
            return false;
        }
        if (value.equals(ALLOW)) {
            return true;
        }
        throw new SettingException(UNSIGNED, "expected refuse or allow, found \"" + value + "\"");
    }

    @Override
    public String withoutConfiguration() {
        life.allowUnsigned(false);
        life.limitOfUser(ListenerLimit.DEFAULT);
        return "modules need a signature, and a user has " + ListenerLimit.DEFAULT + " listeners at most";
    }
}
