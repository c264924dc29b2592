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
import org.bpfgate.control.ControlPeer;
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

    /** The argument that lets lists become smaller by this change, and the setting that keeps them from it, with the value for no limit. */
    private static final String ACCEPT_SMALLER = "acceptSmaller";

    private static final String MOST_LOST = "most.lost";
    private static final String ALL = "100";

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final MetaTypeService metatype;
    private final SettingsFiles files;
    private final Path directory;
    private final SecurityHooks hooks;
    private final ChangeRecord record;
    private final DeliveredSettings delivered;

    /** Takes each change that was made. */
    @FunctionalInterface
    public interface ChangeRecord {
        /** Takes one; the generations are those around it. */
        void changed(ControlPeer who, String what, long before, long after);
    }

    /**
     * Tells and changes the settings of the running gate.
     *
     * @param directory of the files
     * @param record hears of changes
     */
    public SettingsVerb(
            BundleContext context,
            ConfigurationAdmin admin,
            MetaTypeService metatype,
            SettingsFiles files,
            Path directory,
            SecurityHooks hooks,
            ChangeRecord record) {
        this.context = context;
        this.admin = admin;
        this.metatype = metatype;
        this.files = files;
        this.directory = directory;
        this.hooks = hooks;
        this.record = record;
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
        request.requireOnly("pid", "values", ACCEPT_SMALLER);
        String pid = request.text("pid");
        ObjectClassDefinition definition =
                definitions(Optional.of(pid)).values().iterator().next();
        List<String> keys = Arrays.stream(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(AttributeDefinition::getID)
                .toList();
        boolean acceptSmaller = request.flag(ACCEPT_SMALLER);
        if (acceptSmaller && !keys.contains(MOST_LOST)) {
            throw new ControlException(Kind.USAGE, pid + " has no lists that can become smaller");
        }
        List<String> assignments = request.texts("values");
        if (assignments.isEmpty() && !acceptSmaller) {
            throw new ControlException(Kind.USAGE, "name what to change, as KEY=VALUE");
        }
        Map<String, String> changes = new HashMap<>();
        for (String assignment : assignments) {
            if (assignment.chars().anyMatch(Character::isISOControl)) {
                throw new ControlException(
                        Kind.USAGE, "a setting is one line of text, and this one has a control character in it");
            }
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
            write(pid, changes, acceptSmaller);
        } catch (IOException e) {
            throw new ControlException(Kind.FAILED, String.valueOf(e.getMessage()));
        }
        long after = hooks.stack().generation();
        record.changed(
                request.peer(),
                "settings " + pid + " " + String.join(" ", assignments)
                        + (acceptSmaller ? (assignments.isEmpty() ? "" : " ") + "--accept-smaller" : ""),
                before,
                after);
        return Map.of("before", before, "after", after);
    }

    /** Settings that are refused are taken back. */
    private void write(String pid, Map<String, String> changes, boolean acceptSmaller)
            throws IOException, ControlException, InterruptedException {
        StackSettings.Saved saved = files.save(pid);
        Map<String, String> kept = new HashMap<>(changes);
        if (acceptSmaller) {
            kept.putIfAbsent(MOST_LOST, files.value(pid, MOST_LOST));
            Map<String, String> once = new HashMap<>(changes);
            once.put(MOST_LOST, ALL);
            files.tryOut(pid, once);
            requireTaken(pid, saved);
        }
        if (changes.isEmpty()) {
            saved.restore();
        } else {
            files.write(pid, kept);
        }
        requireTaken(pid, saved);
    }

    private void requireTaken(String pid, StackSettings.Saved saved)
            throws IOException, ControlException, InterruptedException {
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
