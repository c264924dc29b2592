package org.bpfgate.serve.internal.store;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** The index as JSON. What is read is checked whole: nothing of a damaged index counts. */
final class IndexText {
    private static final int VERSION = 1;

    private IndexText() {}

    static byte[] write(ModuleIndex index) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("slots", index.sorted().stream().map(IndexText::slot).toList());
        all.put("newest", new TreeMap<>(index.newest()));
        return (JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(all) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> slot(Slot slot) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", slot.name());
        members.put("modules", slot.modules());
        members.put("state", slot.started() ? "started" : "stopped");
        members.put("current", source(slot.current()));
        if (slot.kept() != null) {
            members.put("kept", source(slot.kept()));
        }
        if (slot.file() != null) {
            members.put(
                    "file",
                    Map.of("name", slot.file().name(), "sha256", slot.file().sha256()));
        }
        return members;
    }

    private static Map<String, Object> source(Source source) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bundle", source.bundle());
        members.put("version", source.version());
        if (source.sha256() != null) {
            members.put("sha256", source.sha256());
        }
        members.put("signer", source.signer());
        members.put("since", source.since().toString());
        members.put("uid", source.uid());
        members.put("pid", source.pid());
        return members;
    }

    /**
     * Reads an index.
     *
     * @throws IOException when it is damaged; the message tells where
     */
    static ModuleIndex read(byte[] text) throws IOException {
        try {
            Map<String, Object> all = JSON.std
                    .with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
                    .mapFrom(new String(text, StandardCharsets.UTF_8));
            if (all == null || !Integer.valueOf(VERSION).equals(all.get("version"))) {
                throw new IOException("it has no \"version\" " + VERSION);
            }
            Map<String, Slot> slots = new TreeMap<>();
            for (Object each : list(all, "slots")) {
                Slot slot = slot(map(each, "slots"));
                if (slots.put(slot.name(), slot) != null) {
                    throw new IOException("\"slots\" has two named " + slot.name());
                }
            }
            Map<String, String> newest = new TreeMap<>();
            for (Map.Entry<String, Object> each :
                    map(all.get("newest"), "newest").entrySet()) {
                newest.put(each.getKey(), version(each.getValue()));
            }
            return new ModuleIndex(slots, newest);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Slot slot(Map<String, Object> members) throws IOException {
        List<String> modules = new ArrayList<>();
        for (Object name : list(members, "modules")) {
            modules.add(text(name, "modules"));
        }
        String state = text(members.get("state"), "state");
        if (!state.equals("started") && !state.equals("stopped")) {
            throw new IOException("\"state\" is started or stopped");
        }
        Object kept = members.get("kept");
        Object file = members.get("file");
        return new Slot(
                text(members.get("name"), "name"),
                modules,
                state.equals("started"),
                source(map(members.get("current"), "current")),
                kept == null ? null : source(map(kept, "kept")),
                file == null ? null : file(map(file, "file")));
    }

    private static Slot.Followed file(Map<String, Object> members) throws IOException {
        return new Slot.Followed(text(members.get("name"), "file"), digest(members.get("sha256")));
    }

    private static Source source(Map<String, Object> members) throws IOException {
        Object sha256 = members.get("sha256");
        return new Source(
                text(members.get("bundle"), "bundle"),
                version(members.get("version")),
                sha256 == null ? null : digest(sha256),
                text(members.get("signer"), "signer"),
                Instant.parse(text(members.get("since"), "since")),
                number(members.get("uid"), "uid"),
                number(members.get("pid"), "pid"));
    }

    /** It becomes the name of a file. */
    private static String digest(@Nullable Object value) throws IOException {
        String digest = text(value, "sha256");
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IOException("\"sha256\" has 64 hexadecimal digits");
        }
        return digest;
    }

    private static String version(@Nullable Object value) throws IOException {
        return Version.valueOf(text(value, "version")).toString();
    }

    private static String text(@Nullable Object value, String name) throws IOException {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IOException("\"" + name + "\" is a text");
    }

    private static int number(@Nullable Object value, String name) throws IOException {
        if (value instanceof Integer number) {
            return number;
        }
        throw new IOException("\"" + name + "\" is a number");
    }

    private static List<?> list(Map<String, Object> members, String name) throws IOException {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IOException("\"" + name + "\" is a list");
    }

    @SuppressWarnings("unchecked") // JSON has no other keys than texts.
    private static Map<String, Object> map(@Nullable Object value, String name) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IOException("\"" + name + "\" is an object");
    }
}
