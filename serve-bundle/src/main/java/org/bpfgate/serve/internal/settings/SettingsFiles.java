package org.bpfgate.serve.internal.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.bpfgate.serve.internal.module.StackSettings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The files of {@code conf.d}: one per PID, of which File Install makes its configuration. What is written here is in force at once, and
 * File Install finds it as it is. For one thread at a time.
 */
public final class SettingsFiles implements StackSettings {
    /** A text file of keys and values; what people write. */
    private static final String CFG = ".cfg";

    /** Felix's form with types, which is left to who wrote it. */
    private static final String CONFIG = ".config";

    private final Path directory;
    private final ConfigurationAdmin admin;

    /** Reads and writes one directory. */
    public SettingsFiles(Path directory, ConfigurationAdmin admin) {
        this.directory = directory;
        this.admin = admin;
    }

    /** Returns the file of a PID, if there is one. */
    static Optional<Path> of(Path directory, String pid) {
        for (String form : new String[] {CONFIG, CFG}) {
            Path file = directory.resolve(pid + form);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Returns whether a file says anything. One with types is taken to. */
    static boolean hasKeys(Path file) throws IOException {
        return file.toString().endsWith(CONFIG) || !read(file).isEmpty();
    }

    /**
     * Changes settings of a PID: in its file, which begins with the settings in force when it says nothing yet, and in the running gate.
     *
     * @param changes values by key; an empty value takes the key out
     * @throws IOException when nothing was changed; one line with the file
     */
    @Override
    public void write(String pid, Map<String, String> changes) throws IOException {
        Path file = directory.resolve(pid + CFG);
        Path typed = directory.resolve(pid + CONFIG);
        if (Files.exists(typed)) {
            throw new IOException(typed + ": this file has values with types; change it with an editor");
        }
        Map<String, String> settings = new HashMap<>(Files.exists(file) && hasKeys(file) ? read(file) : inForce(pid));
        settings.putAll(changes);
        settings.values().removeIf(String::isEmpty);
        replace(file, form(settings).getBytes(StandardCharsets.UTF_8));
        admin.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(settings));
    }

    /** Returns the value of a key that is in force; empty when it has none. */
    String value(String pid, String key) throws IOException {
        return inForce(pid).getOrDefault(key, "");
    }

    /** Puts changed settings in force in the running gate only, until they are {@link #write written} or put back. */
    void tryOut(String pid, Map<String, String> changes) throws IOException {
        Configuration configuration = admin.getConfiguration(pid, "?");
        Map<String, Object> settings = values(configuration);
        settings.putAll(changes);
        settings.values().removeIf(""::equals);
        configuration.update(FrameworkUtil.asDictionary(settings));
    }

    @Override
    public Saved save(String pid) throws IOException {
        Path file = directory.resolve(pid + CFG);
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : null;
        Configuration configuration = configuration(admin, pid);
        Map<String, Object> before = values(configuration);
        return () -> {
            if (content == null) {
                Files.deleteIfExists(file);
            } else if (!Files.exists(file) || !Arrays.equals(content, Files.readAllBytes(file))) {
                // With the comments of who wrote it.
                replace(file, content);
            }
            if (configuration != null) {
                admin.getConfiguration(pid, "?").update(FrameworkUtil.asDictionary(before));
            } else {
                Configuration made = configuration(admin, pid);
                if (made != null) {
                    made.delete();
                }
            }
        };
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException(file + ": this file cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
        return settings;
    }

    private Map<String, String> inForce(String pid) throws IOException {
        Map<String, String> settings = new HashMap<>();
        values(admin.getConfiguration(pid, "?")).forEach((key, value) -> settings.put(key, text(value)));
        return settings;
    }

    /** Returns the configuration of a PID; null when it has none. It makes none, as {@code getConfiguration} would. */
    public static @Nullable Configuration configuration(ConfigurationAdmin admin, String pid) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the settings in force of a configuration, without what Configuration Admin and File Install add. */
    static Map<String, Object> values(@Nullable Configuration configuration) {
        Dictionary<String, Object> properties = configuration == null ? null : configuration.getProperties();
        Map<String, Object> values = new HashMap<>();
        if (properties != null) {
            FrameworkUtil.asMap(properties).forEach((key, value) -> {
                if (!key.startsWith("service.pid")
                        && !key.startsWith("service.factoryPid")
                        && !key.startsWith("felix.fileinstall.")) {
                    values.put(key, value);
                }
            });
        }
        return values;
    }

    /** Writes a value as a text, which every module takes: a list with commas. */
    static String text(Object value) {
        return value instanceof Object[] values
                ? List.of(values).stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private void replace(Path file, byte[] content) throws IOException {
        Path next = directory.resolve("." + file.getFileName() + ".new");
        try {
            Files.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(next);
            throw new IOException(file + ": this file cannot be written: " + e.getMessage(), e);
        }
    }

    /** In the order of the keys, and without the time that {@link Properties} writes, so that the same settings are the same file. */
    private static String form(Map<String, String> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String key : settings.keySet().stream().sorted().toList()) {
            Properties one = new Properties();
            one.setProperty(key, settings.get(key));
            StringWriter writer = new StringWriter();
            one.store(writer, null);
            writer.toString()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
