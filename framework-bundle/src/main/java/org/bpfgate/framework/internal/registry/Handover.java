package org.bpfgate.framework.internal.registry;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bpfgate.framework.internal.settings.SettingsReader;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What a framework bundle that stops leaves to the next one in the same OSGi framework: the settings in force, the audit file, and
 * which bundle each name of a module belongs to. The modules stay registered meanwhile, and the next one decides as soon as it has
 * started. Configuration Admin hands it the settings some time later, and the services of two modules of one name come in no
 * particular order; so it begins with what held before.
 */
public final class Handover {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private static final String AUDIT = "audit.";
    private static final String OWNER = "owner.";

    private final @Nullable Path file;
    private final Properties left;

    private Handover(@Nullable Path file, Properties left) {
        this.file = file;
        this.left = left;
    }

    /**
     * Reads what was left.
     *
     * @param file need not exist; null in a framework that has no files
     * @throws IOException when it exists and cannot be read: then nobody knows what held before
     */
    public static Handover in(@Nullable Path file) throws IOException {
        Properties left = new Properties();
        if (file != null && Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                left.load(in);
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return new Handover(file, left);
    }

    /**
     * Returns the settings that held before.
     *
     * @param otherwise what holds without a setting, and when nothing was left
     * @throws SettingException when one cannot be used
     */
    public StackConfiguration settings(StackConfiguration otherwise) throws SettingException {
        Settings settings = Settings.from(left::getProperty);
        StackConfiguration before = SettingsReader.read(settings, otherwise);
        settings.complete();
        return before;
    }

    /** Returns the settings of the audit sink, as {@link #leave} was given them. */
    public Map<String, String> audit() {
        return withPrefix(AUDIT);
    }

    /**
     * Returns which bundle each name belongs to, by its symbolic name.
     *
     * @param isInstalled whether a bundle is still there: the names of one that was uninstalled are free
     */
    public NameOwners owners(Predicate<String> isInstalled) {
        Map<String, String> owners = withPrefix(OWNER);
        owners.values().removeIf(isInstalled.negate());
        return new NameOwners(owners);
    }

    private Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (String key : left.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), left.getProperty(key));
            }
        }
        return found;
    }

    /** Drops what was left; somebody goes on with it. */
    public void taken() {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> file + " cannot be deleted, and holds again after the next start: " + e);
        }
    }

    /** Leaves what holds now. */
    public void leave(StackConfiguration settings, Map<String, String> audit, Map<String, String> owners) {
        if (file == null) {
            return;
        }
        Properties leaving = new Properties();
        put(leaving, SettingsReader.ORDER, settings.order());
        put(leaving, SettingsReader.REQUIRED, settings.required());
        put(leaving, SettingsReader.HOLD, settings.hold());
        put(leaving, SettingsReader.CALLBACK_BUDGET, settings.callbackBudget());
        put(leaving, SettingsReader.DRAIN_BUDGET, settings.drainBudget());
        audit.forEach((key, value) -> leaving.setProperty(AUDIT + key, value));
        owners.forEach((name, bundle) -> leaving.setProperty(OWNER + name, bundle));
        try (Writer out = Files.newBufferedWriter(file)) {
            leaving.store(out, null);
        } catch (IOException e) {
            LOG.log(
                    Level.ERROR,
                    () -> "the settings in force cannot be left in " + file + ": " + e
                            + "; the next framework bundle begins with the framework properties");
        }
    }

    private static void put(Properties leaving, String key, List<String> names) {
        if (!names.isEmpty()) {
            leaving.setProperty(key, String.join(",", names));
        }
    }

    private static void put(Properties leaving, String key, Duration time) {
        leaving.setProperty(key, Long.toString(time.toMillis()));
    }
}
