package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Takes settings from Configuration Admin. A class of its own, loaded only where that API is there: the framework works
 * without.
 */
final class ConfigurationListener implements ManagedService {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final HookRegistry registry;
    private final StackConfiguration defaults;

    ConfigurationListener(HookRegistry registry, StackConfiguration defaults) {
        this.registry = registry;
        this.defaults = defaults;
    }

    /** Follows new settings; bad ones change nothing, and are reported. */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            registry.configure(
                    properties == null ? defaults : SettingsReader.read(key -> properties.get(key), defaults));
        } catch (SettingsReader.BadSettingException e) {
            LOG.log(Level.ERROR, () -> e.key + ": " + e.getMessage() + "; the settings stay as they were");
            throw new ConfigurationException(e.key, e.getMessage(), e);
        }
    }
}
