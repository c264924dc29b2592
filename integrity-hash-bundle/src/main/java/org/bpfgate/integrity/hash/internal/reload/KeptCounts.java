package org.bpfgate.integrity.hash.internal.reload;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;

/**
 * How many entries lists had, in a file that outlives the gate: a gate that starts has no other memory of them. One line for each list: what
 * it is for, its file, and the number. Used by one thread at a time.
 */
final class KeptCounts {
    private static final System.Logger LOG = System.getLogger(AllowlistModule.PID);
    private static final String REVOCATIONS = "revocations ";
    private static final String ALLOWLIST = "allowlist ";
    private static final String PRIVATE = "rwx------";

    private final Path file;
    private Map<ListKey, Long> counts;
    private List<String> problems = List.of();

    /** Reads what was kept; a file that cannot be read is logged, and nothing is known then. */
    KeptCounts(Path directory) {
        file = directory.resolve("counts");
        counts = read();
    }

    boolean isIn(Path directory) {
        return file.equals(directory.resolve("counts"));
    }

    /** Returns what is known, by list. */
    Map<ListKey, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Returns why nothing can be kept, a line each; none when it can. */
    List<String> problems() {
        return problems;
    }

    private Map<ListKey, Long> read() {
        Map<ListKey, Long> read = new HashMap<>();
        if (Files.notExists(file)) {
            return read;
        }
        try {
            Properties lines = new Properties();
            lines.load(new StringReader(Files.readString(file)));
            for (String key : lines.stringPropertyNames()) {
                boolean revokes = key.startsWith(REVOCATIONS);
                Path list = Path.of(key.substring((revokes ? REVOCATIONS : ALLOWLIST).length()));
                read.put(new ListKey(revokes, list), Long.parseLong(lines.getProperty(key)));
            }
        } catch (IOException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    file + " cannot be read, so a list that has lost entries since the last start is not noticed: "
                            + e.getMessage());
            read.clear();
        }
        return read;
    }

    /** Keeps other counts. Without effect when they are the same; what fails is a problem until it succeeds. */
    void keep(Map<ListKey, Long> now) {
        if (now.equals(counts) && problems.isEmpty()) {
            return;
        }
        counts = new HashMap<>(now);
        try {
            Files.createDirectories(
                    file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
            Properties lines = new Properties();
            now.forEach((key, count) ->
                    lines.setProperty((key.revokes() ? REVOCATIONS : ALLOWLIST) + key.file(), Long.toString(count)));
            StringWriter text = new StringWriter();
            lines.store(text, null);
            Path next = file.resolveSibling("counts.new");
            Files.writeString(next, text.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            problems = List.of();
        } catch (IOException e) {
            String problem =
                    file + " cannot be written, so a list that has lost entries is not noticed at the next start: "
                            + e.getMessage();
            if (!problems.contains(problem)) {
                LOG.log(System.Logger.Level.WARNING, problem);
            }
            problems = List.of(problem);
        }
    }
}
