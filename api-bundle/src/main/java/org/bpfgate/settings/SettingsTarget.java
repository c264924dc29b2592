package org.bpfgate.settings;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bpfgate.engine.OneLine;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Takes the settings of one PID: the part of a {@code ManagedService} that all bundles have in common. Without the API of
 * Configuration Admin in it, so that this package is there where that API is not. Safe for use by several threads; settings are
 * applied one after the other.
 *
 * <p>What becomes of settings:
 * <ul>
 *   <li>all are good: they are applied, and each warning about them is one line of the log
 *   <li>a key is not known, or a value cannot be used: nothing changes, and each fault is told. The settings are kept for
 *       {@link #retry()}
 *   <li>null, which is a configuration that does not exist or was deleted: the bundle does what it does without one
 * </ul>
 *
 * <p>How faults are told: to Configuration Admin by one line of the log each, and nothing is thrown. Felix Configuration Admin prints
 * whatever {@code updated} throws with its stack trace, and takes settings for which it threw as never handed over: it says nothing when
 * that configuration is deleted. To any other caller, such as a program that embeds the gate, by a {@link SettingException}. What
 * Configuration Admin's settings have wrong is a {@link ProblemReport} too, until other settings come.
 */
public final class SettingsTarget {
    /** Named, not imported: a framework may do without it. */
    private static final String CONFIGURATION_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

    /** Applies settings that were read. */
    @FunctionalInterface
    public interface Change {
        /**
         * Applies all or none.
         *
         * @throws SettingException when they cannot be applied; then nothing was changed
         */
        void apply() throws SettingException;
    }

    /** What a bundle does with settings. */
    public interface Use {
        /**
         * Reads settings and changes nothing.
         *
         * @return what applies them
         * @throws SettingException when one of them cannot be used; those read by {@link Settings#read} are reported all
         */
        Change read(Settings settings) throws SettingException;

        /**
         * There is no configuration, or there is none any more.
         *
         * @return what that comes to, as the end of a sentence; logged when there was one before
         */
        String withoutConfiguration();
    }

    private final BundleContext context;
    private final BooleanSupplier isCalledByConfigurationAdmin;
    private final String pid;
    private final Logger log;
    private final SettingKeys keys;
    private final Use use;
    private @Nullable Dictionary<String, ?> refused;

    /** Whether Configuration Admin handed over the last settings, and so is told by the log. */
    private boolean isConfigured;

    /** Whether settings of a configuration are in use. */
    private boolean inUse;

    /** The lines about the settings as they were last written: each is logged once. */
    private final Set<String> logged = new HashSet<>();

    /** The lines about the settings as they are now, and where they are told while there are some. */
    private final List<String> problems = new ArrayList<>();

    private @Nullable ServiceRegistration<ProblemReport> report;

    /**
     * Makes the target of one PID.
     *
     * @param context of the bundle whose settings they are
     * @param pid the PID; also the name of the log
     * @param known the keys of its settings
     * @param use applies them
     */
    public SettingsTarget(BundleContext context, String pid, Collection<String> known, Use use) {
        this(context, pid, pid, known, use);
    }

    /**
     * Makes the target of one configuration of a factory.
     *
     * @param log the name of the log: the PID of the factory
     */
    public SettingsTarget(BundleContext context, String pid, String log, Collection<String> known, Use use) {
        this(context, new CallerCheck(context, CONFIGURATION_ADMIN), pid, log, known, use);
    }

    /** Makes a target that asks who calls. */
    SettingsTarget(
            BundleContext context,
            BooleanSupplier isCalledByConfigurationAdmin,
            String pid,
            String log,
            Collection<String> known,
            Use use) {
        this.context = context;
        this.isCalledByConfigurationAdmin = isCalledByConfigurationAdmin;
        this.pid = pid;
        this.log = System.getLogger(log);
        this.keys = new SettingKeys(known);
        this.use = use;
    }

    /**
     * Takes settings as {@code ManagedService.updated} does. Configuration Admin may still hand over settings while the bundle stops
     * or is updated; whatever fails then, since services and classes of the bundle are gone, is no fault, and the settings are dropped.
     *
     * @param properties the settings; null when there is no configuration
     * @throws SettingException when one of them cannot be used, and the caller is not Configuration Admin; then nothing changed
     */
    public synchronized void update(@Nullable Dictionary<String, ?> properties) throws SettingException {
        boolean wasRefused = refused != null;
        isConfigured = isCalledByConfigurationAdmin.getAsBoolean();
        logged.clear();
        try {
            take(properties);
            if (wasRefused && properties != null && isConfigured) {
                log.log(Level.INFO, () -> pid + ": the settings can be used now");
            }
        } catch (SettingException e) {
            if (!isConfigured) {
                throw e;
            }
        }
    }

    /**
     * Applies the last settings again if they were refused: something that they need, such as a keyring, may have come since. What
     * was logged about them is not logged again.
     */
    public synchronized void retry() {
        Dictionary<String, ?> again = refused;
        if (again == null) {
            return;
        }
        try {
            take(again);
            log.log(Level.INFO, () -> pid + ": the settings that were refused before can be used now");
        } catch (SettingException e) {
            log.log(Level.DEBUG, "still refused", e);
        }
    }

    /** Takes settings; those that are refused are kept. */
    private void take(@Nullable Dictionary<String, ?> properties) throws SettingException {
        refused = properties;
        problems.clear();
        try {
            apply(properties);
            inUse = properties != null;
            refused = null;
        } catch (SettingException e) {
            e.all().forEach(this::report);
            throw e;
        } catch (RuntimeException | LinkageError e) {
            if (!isStopping()) {
                throw e;
            }
            refused = null;
            log.log(Level.DEBUG, "settings for a bundle that stops", e);
        } finally {
            tellProblems();
        }
    }

    /** Those who hear of the service are called with this object's lock held; they only note the lines. */
    private void tellProblems() {
        if (problems.isEmpty()) {
            if (report != null && !isStopping()) {
                report.unregister();
            }
            report = null;
        } else if (!isStopping()) {
            Dictionary<String, ?> properties = FrameworkUtil.asDictionary(Map.of(
                    Constants.SERVICE_PID,
                    ProblemReport.pidOf(pid),
                    ProblemReport.PROBLEM,
                    problems.toArray(String[]::new),
                    ProblemReport.REFUSED,
                    refused != null));
            if (report == null) {
                report = context.registerService(ProblemReport.class, new ProblemReport() {}, properties);
            } else {
                report.setProperties(properties);
            }
        }
    }

    private boolean isStopping() {
        try {
            return context.getBundle().getState() == Bundle.STOPPING;
        } catch (IllegalStateException e) {
            return true; // The context of a bundle that has stopped is not valid any more.
        }
    }

    private void apply(@Nullable Dictionary<String, ?> properties) throws SettingException {
        if (properties == null) {
            String consequence = use.withoutConfiguration();
            if (inUse) {
                once(Level.WARNING, pid + ": the configuration was deleted: " + consequence);
            }
            return;
        }
        Settings settings = Settings.of(properties);
        keys.faults(properties).forEach(settings::fault);
        Change change = settings.read(() -> use.read(settings), null);
        settings.complete();
        if (change != null) {
            change.apply();
        }
        settings.warnings().forEach(warning -> problem(Level.WARNING, line(warning)));
    }

    private void report(SettingException fault) {
        String consequence = inUse ? "; the settings stay as they were" : "; these settings are not in use";
        problem(fault.isNotYet() ? Level.WARNING : Level.ERROR, line(fault) + consequence);
    }

    private String line(SettingException about) {
        return pid + ": " + about.key() + ": " + about.getMessage();
    }

    private void problem(Level level, String text) {
        if (isConfigured) {
            problems.add(OneLine.of(text));
        }
        once(level, text);
    }

    /** Logs a line about the settings unless it was before. Another caller than Configuration Admin hears of faults otherwise. */
    private void once(Level level, String text) {
        String line = OneLine.of(text);
        if (isConfigured && logged.add(line)) {
            log.log(level, line);
        }
    }
}
