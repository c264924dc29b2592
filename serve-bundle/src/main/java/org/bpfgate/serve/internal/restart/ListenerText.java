package org.bpfgate.serve.internal.restart;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.mediation.AttachedListener;
import org.jspecify.annotations.Nullable;

/** Listeners as JSON, in a file and between gates. What is read is checked whole: nothing of a damaged text counts. */
final class ListenerText {
    private static final int VERSION = 1;

    private ListenerText() {}

    /**
     * Writes a file.
     *
     * @param boot for which run of the machine it counts
     */
    static byte[] write(String boot, List<ListenerEntry> entries) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("boot", boot);
        all.put("listeners", entries.stream().map(ListenerText::members).toList());
        return (JSON.std.asString(all) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the members of one listener. */
    static Map<String, Object> members(ListenerEntry entry) {
        AttachedListener listener = entry.listener();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", listener.number());
        members.put("pid", listener.pid());
        members.put("started", entry.started());
        members.put("uid", listener.uid());
        members.put("gid", listener.gid());
        members.put("command", listener.command());
        listener.unit().ifPresent(unit -> members.put("unit", unit));
        members.put("since", listener.since().toString());
        members.put("calls", listener.calls());
        entry.lost().ifPresent(time -> members.put("lost", time.toString()));
        return members;
    }

    /**
     * Reads a file.
     *
     * @param boot the present run of the machine
     * @return the listeners; none when the file is of another run
     * @throws IOException when it is damaged; the message tells where
     */
    static List<ListenerEntry> read(byte[] text, String boot) throws IOException {
        Map<String, Object> all;
        try {
            all = JSON.std
                    .with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
                    .mapFrom(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (all == null || !Integer.valueOf(VERSION).equals(all.get("version"))) {
            throw new IOException("it has no \"version\" " + VERSION);
        }
        if (!boot.equals(text(all, "boot"))) {
            return List.of();
        }
        List<ListenerEntry> entries = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        for (Object each : list(all, "listeners")) {
            ListenerEntry entry = entry(each);
            if (entry.lost().isEmpty() && !numbers.add(entry.listener().number())) {
                throw new IOException(
                        "\"listeners\" has number " + entry.listener().number() + " twice");
            }
            entries.add(entry);
        }
        return entries;
    }

    /**
     * Reads one listener.
     *
     * @throws IOException when it is none; the message tells what is wrong
     */
    static ListenerEntry entry(@Nullable Object value) throws IOException {
        if (!(value instanceof Map<?, ?> members)) {
            throw new IOException("a listener is an object");
        }
        List<String> command = new ArrayList<>();
        for (Object word : list(members, "command")) {
            if (!(word instanceof String text)) {
                throw new IOException("\"command\" has texts only");
            }
            command.add(text);
        }
        int number = (int) number(members, "number", Integer.MAX_VALUE);
        if (number == 0) {
            throw new IOException("\"number\" is at least 1");
        }
        return new ListenerEntry(
                new AttachedListener(
                        number,
                        (int) number(members, "pid", Integer.MAX_VALUE),
                        id(members, "uid"),
                        id(members, "gid"),
                        command,
                        members.containsKey("unit") ? Optional.of(text(members, "unit")) : Optional.empty(),
                        time(members, "since"),
                        number(members, "calls", Long.MAX_VALUE)),
                number(members, "started", Long.MAX_VALUE),
                members.containsKey("lost") ? Optional.of(time(members, "lost")) : Optional.empty());
    }

    private static String text(Map<?, ?> members, String name) throws IOException {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("\"" + name + "\" is a text");
    }

    private static long number(Map<?, ?> members, String name, long most) throws IOException {
        Object value = members.get(name);
        long number = value instanceof Integer small ? small : value instanceof Long large ? large : -1;
        if (number >= 0 && number <= most) {
            return number;
        }
        throw new IOException("\"" + name + "\" is a whole number from 0 to " + most);
    }

    /** User and group ids have 32 bits, of which Java takes the highest for a sign. */
    private static int id(Map<?, ?> members, String name) throws IOException {
        if (members.get(name) instanceof Integer number) {
            return number;
        }
        throw new IOException("\"" + name + "\" is a number of 32 bits");
    }

    private static Instant time(Map<?, ?> members, String name) throws IOException {
        try {
            return Instant.parse(text(members, name));
        } catch (DateTimeException e) {
            throw new IOException("\"" + name + "\" is a time, such as 2026-11-28T05:00:00Z", e);
        }
    }

    private static List<?> list(Map<?, ?> members, String name) throws IOException {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IOException("\"" + name + "\" is a list");
    }
}
