package org.bpfgate.settings;

import java.lang.reflect.Array;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one PID. Lenient in form: a list is an array, a collection or a text with commas; numbers and booleans may be
 * texts, as File Install makes them of a {@code .cfg} file; the case of keys does not matter. Strict in content: a value that is
 * not what the key asks for is a {@link SettingException}. Used by one thread.
 */
public final class Settings {
    /** The key that gives the place of a bundle's modules in the stack, for every PID that configures modules. */
    public static final String RANKING = "service.ranking";

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

    /** The one value of a list of paths that names none on purpose. A file of that name is written {@code ./none}. */
    private static final String NONE = "none";

    private final Function<String, @Nullable Object> source;
    private final List<SettingException> faults = new ArrayList<>();
    private final List<SettingException> warnings = new ArrayList<>();

    private Settings(Function<String, @Nullable Object> source) {
        this.source = source;
    }

    /** Reads a value. */
    @FunctionalInterface
    public interface Reading<T extends @Nullable Object> {
        /** Returns the value. */
        T read() throws SettingException;
    }

    /**
     * Reads one of several values. A fault is kept until all are read, so that all faults are reported at once.
     *
     * @param otherwise the result when there is a fault; never used, as {@link #complete} throws
     */
    public <T extends @Nullable Object> T read(Reading<T> reading, T otherwise) {
        try {
            return reading.read();
        } catch (SettingException e) {
            fault(e);
            return otherwise;
        }
    }

    /** Keeps a fault until all settings are read. */
    void fault(SettingException fault) {
        faults.addAll(fault.all());
    }

    /**
     * Called when all settings are read, and before anything changes.
     *
     * @throws SettingException the first fault, with the others beside it, when there was one
     */
    public void complete() throws SettingException {
        if (faults.isEmpty()) {
            return;
        }
        SettingException first = faults.get(0);
        for (SettingException other : faults.subList(1, faults.size())) {
            first.addSuppressed(other);
        }
        faults.clear();
        throw first;
    }

    /**
     * As {@link #complete()}, for settings whose keys nobody has looked at.
     *
     * @param known the keys that there are
     * @param found the keys that somebody set
     * @throws SettingException also for each key that is not known
     */
    public void complete(Collection<String> known, Collection<String> found) throws SettingException {
        new SettingKeys(known).faults(found).forEach(this::fault);
        complete();
    }

    /**
     * Tells the operator something about a setting that can be used; logged when the settings were applied.
     *
     * @param text what there is to know, and what to do about it
     */
    public void warn(String key, String text) {
        warnings.add(new SettingException(key, text));
    }

    List<SettingException> warnings() {
        return warnings;
    }

    /**
     * Reads the settings of a configuration.
     *
     * @param properties the values by key; not kept
     */
    public static Settings of(Dictionary<String, ?> properties) {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String key : Collections.list(properties.keys())) {
            values.put(key, Objects.requireNonNull(properties.get(key)));
        }
        return new Settings(values::get);
    }

    /**
     * Reads settings from whatever holds them by key.
     *
     * @param source returns the value of a key; null where there is none
     */
    public static Settings from(Function<String, @Nullable Object> source) {
        return new Settings(source);
    }

    /** Returns whether the setting has a value. */
    public boolean has(String key) {
        return source.apply(key) != null;
    }

    /**
     * Returns a text without the blanks around it; null when the key is missing.
     *
     * @throws SettingException when the value is empty or not a single value
     */
    public @Nullable String text(String key) throws SettingException {
        Object value = source.apply(key);
        if (value == null) {
            return null;
        }
        String text = isSingle(value) ? value.toString().trim() : "";
        if (text.isEmpty()) {
            throw new SettingException(key, "expected one text that is not empty, found \"" + shown(value) + "\"");
        }
        return text;
    }

    /**
     * Returns a list of texts without the blanks around them; empty when the key is missing. Of a text with commas, empty parts
     * are left out; in an array or a collection they count.
     *
     * @throws SettingException when one of the values is null
     */
    public List<String> texts(String key) throws SettingException {
        Object value = source.apply(key);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (isSingle(value)) {
            for (String part : value.toString().split(",", -1)) {
                texts.add(part.trim());
            }
            texts.removeIf(String::isEmpty);
            return texts;
        }
        for (Object element : elements(value)) {
            if (element == null) {
                throw new SettingException(key, "one of the values is null");
            }
            texts.add(element.toString().trim());
        }
        return texts;
    }

    /**
     * Returns a list of paths; empty when the key is missing or the list is {@link #isNone none}. A path that contains a comma has to
     * come in an array or a collection.
     *
     * @throws SettingException when one of the values is null, empty or not a path
     */
    public List<Path> paths(String key) throws SettingException {
        List<Path> paths = new ArrayList<>();
        if (isNone(key)) {
            return paths;
        }
        for (String text : texts(key)) {
            if (text.isEmpty()) {
                throw new SettingException(key, "holds an empty path");
            }
            paths.add(path(key, text));
        }
        return paths;
    }

    /**
     * Returns whether a list of paths is the word {@code none}: it names no path on purpose, where a list that is empty or missing may
     * be a slip.
     */
    public boolean isNone(String key) {
        Object value = source.apply(key);
        List<String> texts = new ArrayList<>();
        if (value != null) {
            (isSingle(value) ? List.of(value) : elements(value))
                    .forEach(each -> texts.add(String.valueOf(each).trim()));
        }
        return texts.equals(List.of(NONE));
    }

    /**
     * Returns a path; null when the key is missing.
     *
     * @throws SettingException when the value is empty or not a path
     */
    public @Nullable Path path(String key) throws SettingException {
        String text = text(key);
        return text == null ? null : path(key, text);
    }

    private static Path path(String key, String text) throws SettingException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new SettingException(key, "holds what is not a path: " + e.getReason(), e);
        }
    }

    /**
     * Returns a truth value.
     *
     * @param otherwise the result when the key is missing
     * @throws SettingException when the value is none of true, false, yes, no, on, off, 1 and 0 or their first letters
     */
    public boolean flag(String key, boolean otherwise) throws SettingException {
        Object value = source.apply(key);
        if (value == null) {
            return otherwise;
        }
        String word = value.toString().trim().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        throw new SettingException(
                key, "expected true or false (or yes, no, on, off, 1, 0), found \"" + shown(value) + "\"");
    }

    /**
     * Returns a whole number.
     *
     * @param what what the number counts, for the message, such as {@code milliseconds}
     * @param least the smallest value that is allowed
     * @param most the largest value that is allowed
     * @param otherwise the result when the key is missing
     * @throws SettingException when the value is not a whole number in that range
     */
    public long number(String key, String what, long least, long most, long otherwise) throws SettingException {
        Object value = source.apply(key);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value.toString().trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number out of range.
        }
        throw new SettingException(
                key, "expected " + what + ", " + least + " to " + most + ", found \"" + shown(value) + "\"");
    }

    /**
     * Returns {@value #RANKING}, the place of the bundle's first module in the stack.
     *
     * @param otherwise the result when the key is missing
     * @throws SettingException when the value is not a whole number of 32 bits
     */
    public int ranking(int otherwise) throws SettingException {
        return (int) number(RANKING, "a whole number", Integer.MIN_VALUE, Integer.MAX_VALUE, otherwise);
    }

    private static boolean isSingle(Object value) {
        return !(value instanceof Collection<?> || value.getClass().isArray());
    }

    private static List<@Nullable Object> elements(Object value) {
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(Array.get(value, i));
        }
        return elements;
    }

    private static String shown(Object value) {
        return isSingle(value) ? value.toString() : elements(value).toString();
    }
}
