package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.serve.internal.store.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Follows the jars of a directory: a new file is installed, a changed one replaces what came from it, and what came from one that is gone
 * is removed. A file counts when it has not changed from one look to the next, so that one that is being copied waits. What cannot be
 * done is a problem, and is tried again when the file changes. Used by one thread at a time.
 */
final class ModulesDirectory {
    private static final String SUBJECT = "file ";

    /** By what a change of a file is noticed. */
    private record Seen(
            long size, FileTime modified, @Nullable Object key) {}

    private final Path directory;
    private final ModuleChanges changes;
    private final Transaction state;
    private final Problems problems;
    private final ControlPeer self;
    private Map<String, Seen> lastLook = new HashMap<>();
    private final Map<String, Seen> taken = new HashMap<>();
    private final Map<String, Seen> gone = new HashMap<>();
    private boolean isFirst = true;

    /**
     * Follows a directory, which need not exist.
     *
     * @param self who makes these changes: the gate
     */
    ModulesDirectory(Path directory, ModuleChanges changes, Transaction state, Problems problems, ControlPeer self) {
        this.directory = directory;
        this.changes = changes;
        this.state = state;
        this.problems = problems;
        this.self = self;
    }

    /** Looks once. At the first look every file counts: the gate starts with what is there. */
    void look() {
        Map<String, Seen> found;
        try {
            found = list();
            problems.clear(SUBJECT);
        } catch (IOException e) {
            problems.set(SUBJECT, directory + " cannot be read: " + e.getMessage() + "; its modules stay as they are");
            return;
        }
        for (Map.Entry<String, Seen> file : found.entrySet()) {
            boolean isStable = isFirst || file.getValue().equals(lastLook.get(file.getKey()));
            if (isStable && !file.getValue().equals(taken.get(file.getKey()))) {
                taken.put(file.getKey(), file.getValue());
                attempt(file.getKey(), () -> changes.follow(directory.resolve(file.getKey()), self));
            }
        }
        taken.keySet().retainAll(found.keySet());
        gone.keySet().removeAll(found.keySet());
        for (Slot slot : List.copyOf(state.index().sorted())) {
            Slot.Followed file = slot.file();
            if (file != null && !found.containsKey(file.name()) && (isFirst || !lastLook.containsKey(file.name()))) {
                remove(slot, file.name());
            }
        }
        List<String> subjects = new ArrayList<>();
        found.keySet().forEach(name -> subjects.add(SUBJECT + name));
        gone.keySet().forEach(name -> subjects.add(SUBJECT + name));
        problems.retain(SUBJECT, subjects);
        lastLook = found;
        isFirst = false;
    }

    /** Tries once: what cannot be removed, since it is required, stays until the operator does something else. */
    private void remove(Slot slot, String name) {
        Seen nothing = new Seen(-1, FileTime.fromMillis(0), null);
        if (gone.put(name, nothing) == null) {
            attempt(name, () -> changes.unfollow(slot, self));
            if (state.index().ofFile(name).isEmpty()) {
                gone.remove(name);
            }
        }
    }

    private interface Attempt {
        void make() throws ControlException;
    }

    private void attempt(String name, Attempt attempt) {
        try {
            attempt.make();
            problems.clear(SUBJECT + name);
        } catch (ControlException e) {
            String message = String.valueOf(e.getMessage());
            String file = directory.resolve(name).toString();
            problems.set(SUBJECT + name, message.startsWith(file) ? message : file + ": " + message);
        }
    }

    private Map<String, Seen> list() throws IOException {
        Map<String, Seen> found = new TreeMap<>();
        if (Files.notExists(directory)) {
            return found;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = Objects.toString(file.getFileName());
                if (name.endsWith(".jar") && !name.startsWith(".")) {
                    Seen seen = seen(file);
                    if (seen != null) {
                        found.put(name, seen);
                    }
                }
            }
        }
        return found;
    }

    private static @Nullable Seen seen(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new Seen(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey())
                    : null;
        } catch (NoSuchFileException e) {
            return null; // It went in this moment, or is a link to nothing.
        }
    }
}
