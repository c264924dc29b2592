package org.bpfgate.command.internal.gate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import org.bpfgate.command.internal.context.Home;
import org.bpfgate.command.internal.context.UsageFault;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;

/**
 * The names of the feature probes that a list has. Read when the first name is looked up, because few commands name a probe. Used by one
 * thread.
 */
public final class ProbeNames {
    /** As much as the module that mediates reads of such a list. */
    private static final int LIMIT = 1 << 20;

    private static final String ENTRY = "probe=";

    private final Path list;
    private @Nullable Collection<String> names;

    /** Names the list. */
    public ProbeNames(Path list) {
        this.list = list;
    }

    /** Returns those of the list that ships with the installation, of which {@code run} has its own copy. */
    public static ProbeNames shipped(Home home) {
        return new ProbeNames(home.directory().resolve("share/feature-probes.txt"));
    }

    /**
     * Makes sure that a probe is there.
     *
     * @throws IllegalArgumentException when the list has no probe of that name
     * @throws InputException when the list cannot be read
     */
    void require(String name) throws InputException {
        Collection<String> known = names();
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no feature probe '" + name + "' in " + list + UsageFault.didYouMean(name, known));
        }
    }

    private Collection<String> names() throws InputException {
        if (names == null) {
            Collection<String> found = new TreeSet<>();
            new String(BoundedFile.read(list, LIMIT), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith(ENTRY))
                    .forEach(line -> found.add(line.substring(ENTRY.length()).strip()));
            names = found;
        }
        return names;
    }
}
