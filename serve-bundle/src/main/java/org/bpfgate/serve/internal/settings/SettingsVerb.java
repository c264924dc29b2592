package org.bpfgate.serve.internal.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.serve.internal.module.StackSettings;
import org.bpfgate.settings.NearestWord;
import org.bpfgate.stack.SecurityHooks;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * {@code settings} and {@code settings.set}: the keys of every PID with their values, defaults and meanings, and changes of them. What
 * there is to set is what the bundles describe (Metatype), so a module of somebody else is here as soon as it is installed.
 */
public final class SettingsVerb {
    /** Its File Install reads the files, with settings of the installation that are not for operators. */
    private static final String OF_FELIX = "org.apache.felix.";

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final MetaTypeService metatype;
    private final SettingsFiles files;
    private final Path directory;
    private final SecurityHooks hooks;
    private final DeliveredSettings delivered;

    /**
     * Tells and changes the settings of the running gate.
     *
     * @param directory of the files
     */
    public SettingsVerb(
            BundleContext context,
            ConfigurationAdmin admin,
            MetaTypeService metatype,
            SettingsFiles files,
            Path directory,
            SecurityHooks hooks) {
        this.context = context;
        this.admin = admin;
        this.metatype = metatype;
        this.files = files;
        this.directory = directory;
        this.hooks = hooks;
        delivered = new DeliveredSettings(context, admin);
    }

    /** Returns the verb that tells settings: an item for each key. */
    public ControlVerb tell() {
        return this::tell;
    }

    /** Returns the verb that changes the settings of one PID. */
    public ControlVerb change() {
        return this::change;
    }

    private Map<String, ?> tell(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly("pid");
        Optional<String> asked = request.optionalText("pid");
        for (Map.Entry<String, ObjectClassDefinition> each : definitions(asked).entrySet()) {
            for (Map<String, Object> item : items(each.getKey(), each.getValue())) {
                reply.item(item);
            }
        }
        return Map.of();
    }

    private List<Map<String, Object>> items(String pid, ObjectClassDefinition definition) throws ControlException {
        Map<String, Object> values = SettingsFiles.values(configuration(pid));
        List<Map<String, Object>> items = new ArrayList<>();
        for (AttributeDefinition key : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("pid", pid);
            item.put("key", key.getID());
            Object value = values.remove(key.getID());
            item.put("value", value == null ? "" : SettingsFiles.text(value));
            item.put("default", key.getDefaultValue() == null ? "" : String.join(",", key.getDefaultValue()));
            item.put("meaning", key.getDescription());
            item.put(
                    "file", SettingsFiles.of(directory, pid).map(Path::toString).orElse(""));
            items.add(item);
        }
        return items;
    }

    private Map<String, ?> change(ControlRequest request, ControlReply reply)
            throws ControlException, InterruptedException {
        request.requireOnly("pid", "values");
        String pid = request.text("pid");
        ObjectClassDefinition definition =
                definitions(Optional.of(pid)).values().iterator().next();
        List<String> keys = Arrays.stream(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(AttributeDefinition::getID)
                .toList();
        Map<String, String> changes = new HashMap<>();
        for (String assignment : request.texts("values")) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ControlException(Kind.USAGE, assignment + ": a setting is KEY=VALUE, and KEY= takes it out");
            }
            String key = assignment.substring(0, equals).strip();
            if (!keys.contains(key)) {
                throw new ControlException(Kind.USAGE, pid + " has no key " + key + hint(key, keys));
            }
            changes.put(key, assignment.substring(equals + 1).strip());
        }
        long before = hooks.stack().generation();
        try {
            write(pid, changes);
        } catch (IOException e) {
            throw new ControlException(Kind.FAILED, String.valueOf(e.getMessage()));
        }
        return Map.of("before", before, "after", hooks.stack().generation());
    }

    /** Settings that are refused are taken back. */
    private void write(String pid, Map<String, String> changes)
            throws IOException, ControlException, InterruptedException {
        StackSettings.Saved saved = files.save(pid);
        files.write(pid, changes);
        List<String> faults = delivered.refused(pid);
        if (!faults.isEmpty()) {
            saved.restore();
            delivered.refused(pid);
            throw new ControlException(Kind.REFUSED, String.join("; ", faults));
        }
    }

    private static String hint(String word, List<String> words) {
        return NearestWord.of(word, words)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; it has " + String.join(", ", words));
    }

    /** Returns what bundles describe, by PID. */
    private Map<String, ObjectClassDefinition> definitions(Optional<String> asked) throws ControlException {
        Map<String, ObjectClassDefinition> all = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            MetaTypeInformation information = metatype.getMetaTypeInformation(bundle);
            if (information != null) {
                for (String pid : information.getPids()) {
                    if (!pid.startsWith(OF_FELIX)) {
                        all.put(pid, information.getObjectClassDefinition(pid, null));
                    }
                }
            }
        }
        if (asked.isEmpty()) {
            return all;
        }
        ObjectClassDefinition one = all.get(asked.get());
        if (one == null) {
            throw new ControlException(
                    Kind.USAGE,
                    "no bundle of this gate has settings " + asked.get()
                            + hint(asked.get(), List.copyOf(all.keySet())));
        }
        return Map.of(asked.get(), one);
    }

    private @Nullable Configuration configuration(String pid) throws ControlException {
        try {
            return SettingsFiles.configuration(admin, pid);
        } catch (IOException e) {
            throw new ControlException(Kind.FAILED, "the settings of " + pid + " cannot be read: " + e.getMessage());
        }
    }
}
