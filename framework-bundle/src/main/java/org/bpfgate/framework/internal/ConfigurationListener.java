package org.bpfgate.framework.internal;

import java.util.Dictionary;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.settings.SettingsReader;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.settings.StackDefinition;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Takes settings from Configuration Admin. A class of its own, loaded only where that API is there: the framework works
 * without.
 */
public final class ConfigurationListener implements ManagedService {
    private final SettingsTarget target;

    public ConfigurationListener(BundleContext context, HookRegistry registry, StackConfiguration defaults) {
        target = new SettingsTarget(context, StackDefinition.PID, SettingsReader.KEYS, new SettingsTarget.Use() {
            @Override
            public SettingsTarget.Change read(Settings settings) {
                StackConfiguration next = SettingsReader.read(settings, defaults);
                if (next.required().isEmpty()
                        && !registry.configuration().required().isEmpty()) {
                    settings.warn(
                            SettingsReader.REQUIRED,
                            "names no module any more: only policies that were in the stack are required");
                }
                return () -> registry.configure(next);
            }

            @Override
            public String withoutConfiguration() {
                registry.configure(defaults);
                return "the framework properties hold";
            }
        });
    }

    /** Follows new settings; bad ones change nothing, and are reported. */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            target.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }
}
