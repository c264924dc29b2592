package org.bpfgate.policy.ipe.internal.service;

import java.util.Dictionary;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.bpfgate.settings.SettingsInForce;
import org.bpfgate.settings.SettingsTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/**
 * Takes the configuration of the module {@code ipe}: {@value PolicySettings#POLICY}, the path of the policy, and optionally
 * {@value PolicySettings#DIALECT}, which otherwise the policy names itself; {@value PolicySettings#STATE} and
 * {@value PolicySettings#UNSIGNED} for policies that are loaded later; {@value PolicySettings#ENFORCE} and
 * {@value PolicySettings#SUCCESS_AUDIT}.
 */
public final class PolicyConfiguration implements ManagedService, SettingsTarget.Use {
    /** The {@code service.pid}. */
    public static final String PID = "org.bpfgate.ipe";

    private final IpeRegistration module;
    private final SettingsTarget target;
    private final SettingsInForce inForce;

    public PolicyConfiguration(BundleContext context, IpeRegistration module) {
        this.module = module;
        target = new SettingsTarget(context, PID, PolicySettings.KEYS, this);
        inForce = new SettingsInForce(target);
    }

    /**
     * Reads the policy and makes it the active one, in one step for all loads that begin afterwards; the first one brings
     * the module into the stack. A configuration that names no policy takes the active one away: a module that was in the
     * stack stays there and denies every load.
     *
     * @throws ConfigurationException when a property or the policy itself is wrong; what was active then stays active. For
     *     an error in the policy the reason is {@code FILE:LINE:COLUMN: message (ERRNO)}
     */
    @Override
    public void updated(@Nullable Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            inForce.update(properties);
        } catch (SettingException e) {
            throw new ConfigurationException(e.key(), e.getMessage(), e);
        }
    }

    /** Returns the settings in use. */
    SettingsInForce inForce() {
        return inForce;
    }

    /** Reads a policy again that was refused: its signature may be judged otherwise now. */
    public void retry() {
        target.retry();
    }

    @Override
    public SettingsTarget.Change read(Settings settings) {
        return new PolicySettings(settings).read(module);
    }

    @Override
    public String withoutConfiguration() {
        module.store().drop();
        module.deactivate();
        return "module " + module.lsm() + " has no policy any more, and denies every load";
    }
}
