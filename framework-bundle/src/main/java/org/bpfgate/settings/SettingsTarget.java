package org.bpfgate.settings;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Takes the settings of one PID: the part of a {@code ManagedService} that all bundles have in common. Without the API of
 * Configuration Admin in it, so that this package is there where that API is not. Safe for use by several threads; settings are
 * applied one after the other.
 *
 * <p>What becomes of settings:
 * <ul>
 *   <li>all are good: they are applied
 *   <li>a key is not known, or a value cannot be used: nothing changes, and {@link SettingException} says why. Where a
 *       Configuration Admin is running, which would keep that to itself, each fault is also one line of the log. They are kept
 *       for {@link #retry()}
 *   <li>null, which is a configuration that does not exist or was deleted: the bundle does what it does without one
 * </ul>
 */
public final class SettingsTarget {
    /** Named, not imported: a framework may do without it. */
    private static final String CONFIGURATION_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

    /** What a bundle does with settings. */
    @FunctionalInterface
    public interface Use {
        /**
         * Applies settings, all or none.
         *
         * @param settings the settings; null when there is no configuration
         * @throws SettingException when one of them cannot be used; then nothing was changed
         */
        void apply(@Nullable Settings settings) throws SettingException;
    }

    private final BundleContext context;
    private final String pid;
    private final Logger log;
    private final SettingKeys keys;
    private final Use use;
    private @Nullable Dictionary<String, ?> refused;

    /**
     * Makes the target of one PID.
     *
     * @param context of the bundle whose settings they are
     * @param pid the PID; also the name of the log
     * @param known the keys of its settings
     * @param use applies them
     */
    public SettingsTarget(BundleContext context, String pid, Collection<String> known, Use use) {
        this.context = context;
        this.pid = pid;
        this.log = System.getLogger(pid);
        this.keys = new SettingKeys(known);
        this.use = use;
    }

    /**
     * Takes settings as {@code ManagedService.updated} does. Configuration Admin may still hand over settings while the bundle stops
     * or is updated; whatever fails then, since services and classes of the bundle are gone, is no fault, and the settings are dropped.
     *
     * @param properties the settings; null when there is no configuration
     * @throws SettingException when one of them cannot be used; then nothing changed
     */
    public synchronized void update(@Nullable Dictionary<String, ?> properties) throws SettingException {
        refused = properties;
        try {
            apply(properties);
        } catch (RuntimeException | LinkageError e) {
            if (!isStopping()) {
                throw e;
            }
            log.log(Level.DEBUG, "settings for a bundle that stops", e);
        }
        refused = null;
    }

    private boolean isStopping() {
        try {
            return context.getBundle().getState() == Bundle.STOPPING;
        } catch (IllegalStateException e) {
            return true; // The context of a bundle that has stopped is not valid any more.
        }
    }

    /**
     * Applies the last settings again if they were refused: something that they need, such as a keyring, may have come since.
     * Refused again, they are reported again.
     */
    public synchronized void retry() {
        Dictionary<String, ?> again = refused;
        if (again == null) {
            return;
        }
        try {
            update(again);
            log.log(Level.INFO, () -> pid + ": the settings that were refused before can be used now");
        } catch (SettingException e) {
            log.log(Level.DEBUG, "still refused", e);
        }
    }

    private void apply(@Nullable Dictionary<String, ?> properties) throws SettingException {
        if (properties == null) {
            use.apply(null);
            return;
        }
        List<SettingException> unknown = keys.faults(properties);
        if (!unknown.isEmpty()) {
            unknown.forEach(this::report);
            throw unknown.get(0);
        }
        try {
            use.apply(Settings.of(properties));
        } catch (SettingException e) {
            report(e);
            throw e;
        }
    }

    private void report(SettingException fault) {
        if (isConfigurationAdminHere()) {
            log.log(
                    Level.ERROR,
                    () -> pid + ": " + fault.key() + ": " + fault.getMessage() + "; the settings stay as they were");
        }
    }

    /** Asked in vain by a bundle that stops at this moment, which has nothing to report any more. */
    private boolean isConfigurationAdminHere() {
        try {
            return context.getServiceReference(CONFIGURATION_ADMIN) != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
