package org.bpfgate.framework.internal.settings;

import java.time.Duration;
import java.util.List;
import org.bpfgate.hook.LsmId;
import org.bpfgate.settings.SettingException;
import org.bpfgate.settings.Settings;

/** Reads the settings of the framework from whatever holds them by key. */
public final class SettingsReader {
    private static final long MOST = StackConfiguration.LONGEST.toMillis();

    public static final String ORDER = "lsm.order";

    /** The key that names the required modules. */
    public static final String REQUIRED = "lsm.required";

    public static final String HOLD = "lsm.hold";
    public static final String CALLBACK_BUDGET = "lsm.budget.callback";
    public static final String DRAIN_BUDGET = "lsm.budget.drain";

    /** The keys of the settings. */
    public static final List<String> KEYS = List.of(ORDER, REQUIRED, HOLD, CALLBACK_BUDGET, DRAIN_BUDGET);

    private final Settings settings;

    private SettingsReader(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reads all settings. A fault is kept in them: nothing that is returned counts before {@link Settings#complete}.
     *
     * @param settings names come as an array, a collection or one text with commas, milliseconds as a whole number or its decimal
     *     digits
     * @param otherwise holds for keys that have no value
     */
    public static StackConfiguration read(Settings settings, StackConfiguration otherwise) {
        SettingsReader reader = new SettingsReader(settings);
        return new StackConfiguration(
                settings.read(() -> reader.names(ORDER, otherwise.order()), otherwise.order()),
                settings.read(() -> reader.required(otherwise.required()), otherwise.required()),
                reader.millis(HOLD, 0, otherwise.hold()),
                reader.millis(CALLBACK_BUDGET, 1, otherwise.callbackBudget()),
                reader.millis(DRAIN_BUDGET, 0, otherwise.drainBudget()));
    }

    private List<String> names(String key, List<String> otherwise) throws SettingException {
        if (!settings.has(key)) {
            return otherwise;
        }
        List<String> names = settings.texts(key);
        names.removeIf(String::isEmpty);
        for (String name : names) {
            check(key, name, names);
        }
        return names;
    }

    private List<String> required(List<String> otherwise) throws SettingException {
        List<String> names = names(REQUIRED, otherwise);
        if (names.size() > 1 && names.containsAll(StackConfiguration.NOTHING)) {
            throw new SettingException(REQUIRED, "\"none\" stands alone: it requires no module");
        }
        return names;
    }

    private static void check(String key, String name, List<String> names) throws SettingException {
        if (!LsmId.isName(name)) {
            throw new SettingException(key, "not the name of a security module: \"" + name + "\"");
        }
        if (names.indexOf(name) != names.lastIndexOf(name)) {
            throw new SettingException(key, name + " is named twice");
        }
    }

    private Duration millis(String key, long least, Duration otherwise) {
        return settings.read(
                () -> Duration.ofMillis(settings.number(key, "milliseconds", least, MOST, otherwise.toMillis())),
                otherwise);
    }
}
