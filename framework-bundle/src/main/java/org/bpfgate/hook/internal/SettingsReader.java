package org.bpfgate.hook.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.bpfgate.hook.LsmId;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the framework from whatever holds them by key. */
final class SettingsReader {
    private static final long MOST = StackConfiguration.LONGEST.toMillis();

    private final Function<String, @Nullable Object> source;

    private SettingsReader(Function<String, @Nullable Object> source) {
        this.source = source;
    }

    /** A setting that cannot be used; the message is one line. */
    static final class BadSettingException extends Exception {
        private static final long serialVersionUID = 1L;
        final String key;

        BadSettingException(String key, String message) {
            super(message);
            this.key = key;
        }
    }

    /**
     * Reads all settings.
     *
     * @param source gives the value of a key; null where there is none. Names come as an array, a collection or one text with
     *     commas, milliseconds as a whole number or its decimal digits
     * @param otherwise holds for keys that have no value
     */
    static StackConfiguration read(Function<String, @Nullable Object> source, StackConfiguration otherwise)
            throws BadSettingException {
        SettingsReader reader = new SettingsReader(source);
        return new StackConfiguration(
                reader.names("lsm.order", otherwise.order()),
                reader.names("lsm.required", otherwise.required()),
                reader.millis("lsm.hold", 0, otherwise.hold()),
                reader.millis("lsm.budget.callback", 1, otherwise.callbackBudget()),
                reader.millis("lsm.budget.drain", 0, otherwise.drainBudget()));
    }

    private List<String> names(String key, List<String> otherwise) throws BadSettingException {
        Object value = source.apply(key);
        if (value == null) {
            return otherwise;
        }
        List<String> names = new ArrayList<>();
        if (value instanceof String[] array) {
            names.addAll(Arrays.asList(array));
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(name -> names.add(Objects.toString(name, null)));
        } else {
            names.addAll(Arrays.asList(value.toString().split(",")));
        }
        if (names.contains(null)) {
            throw new BadSettingException(key, "one of the names is null");
        }
        names.replaceAll(String::trim);
        names.removeIf(String::isEmpty);
        for (String name : names) {
            check(key, name, names);
        }
        return names;
    }

    private static void check(String key, String name, List<String> names) throws BadSettingException {
        if (!LsmId.isName(name)) {
            throw new BadSettingException(key, "not the name of a security module: \"" + name + "\"");
        }
        if (names.indexOf(name) != names.lastIndexOf(name)) {
            throw new BadSettingException(key, name + " is named twice");
        }
    }

    private Duration millis(String key, long least, Duration otherwise) throws BadSettingException {
        Object value = source.apply(key);
        if (value == null) {
            return otherwise;
        }
        try {
            long millis = Long.parseLong(value.toString());
            if (millis >= least && millis <= MOST) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number out of range.
        }
        throw new BadSettingException(
                key, "expected milliseconds, " + least + " to " + MOST + ", found \"" + value + "\"");
    }
}
