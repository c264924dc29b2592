package org.bpfgate.serve.internal.history;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of the stack, one JSON object a line in a file for its owner only. Lines that cannot be read, such as the last one
 * after a crash, are left out. A change that cannot be written is logged, and counts all the same. Safe for use by several threads.
 */
public final class History {
    /** How many changes are kept. */
    static final int KEPT = 1000;

    /** When the file has more lines, the oldest are dropped. */
    private static final int MOST_LINES = 2 * KEPT;

    private static final long LARGEST = 16L << 20;
    private static final int LONGEST_TEXT = 1000;
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    private final Path file;
    private final Deque<Change> changes = new ArrayDeque<>();
    private int lines;

    private History(Path file) {
        this.file = file;
    }

    /** Reads what was kept; a file that cannot be read is logged, and replaced with the next change. */
    public static History in(Path file) {
        History history = new History(file);
        if (Files.exists(file)) {
            history.read();
        }
        return history;
    }

    private void read() {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it has more than " + LARGEST + " bytes");
            }
            byte[] content = Files.readAllBytes(file);
            for (String line :
                    new String(content, StandardCharsets.UTF_8).lines().toList()) {
                Change change = parsed(line);
                if (change != null) {
                    keep(change);
                }
            }
            boolean isTorn = content.length > 0 && content[content.length - 1] != '\n';
            lines = isTorn ? MOST_LINES : changes.size();
        } catch (IOException e) {
            lines = MOST_LINES;
            LOG.log(Level.WARNING, () -> file + " cannot be read, and begins again: " + e.getMessage());
        }
    }

    private static @Nullable Change parsed(String line) {
        try {
            Map<String, Object> members = JSON.std.mapFrom(line);
            return members != null
                            && members.get("time") instanceof String time
                            && members.get("uid") instanceof Integer uid
                            && members.get("pid") instanceof Integer pid
                            && members.get("what") instanceof String what
                            && members.get("before") instanceof Number before
                            && members.get("after") instanceof Number after
                    ? new Change(Instant.parse(time), uid, pid, what, before.longValue(), after.longValue())
                    : null;
        } catch (IOException | DateTimeException e) {
            return null;
        }
    }

    private void keep(Change change) {
        changes.addLast(change);
        if (changes.size() > KEPT) {
            changes.removeFirst();
        }
    }

    /** Adds a change. */
    public synchronized void add(Change change) {
        String what = change.what();
        Change bounded = what.length() <= LONGEST_TEXT
                ? change
                : new Change(
                        change.time(),
                        change.uid(),
                        change.pid(),
                        what.substring(0, LONGEST_TEXT) + "…",
                        change.before(),
                        change.after());
        keep(bounded);
        try {
            if (lines >= MOST_LINES) {
                rewrite();
            } else {
                append(bounded);
            }
        } catch (IOException e) {
            lines = MOST_LINES;
            LOG.log(Level.WARNING, () -> "the change \"" + what + "\" is not in " + file + ": " + e.getMessage());
        }
    }

    private void append(Change change) throws IOException {
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            write(out, line(change));
        }
        lines++;
    }

    private void rewrite() throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(line(change));
        }
        try (FileChannel out = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            write(out, text.toString());
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = changes.size();
    }

    private static void write(FileChannel out, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static String line(Change change) throws IOException {
        return JSON.std.asString(change.members()) + "\n";
    }

    /** Returns the changes that are kept, oldest first. */
    public synchronized List<Change> changes() {
        return changes.stream().collect(Collectors.toUnmodifiableList());
    }
}
