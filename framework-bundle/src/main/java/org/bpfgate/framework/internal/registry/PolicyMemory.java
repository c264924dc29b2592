package org.bpfgate.framework.internal.registry;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names of the policies that were in the stack, so that a stack that lost one denies instead of deciding by less. Kept in a
 * file of the framework bundle, which survives an update of it and a restart of the OSGi framework. Used under the lock of
 * {@link HookRegistry}.
 */
public final class PolicyMemory {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final @Nullable Path file;
    private final Set<String> names = new TreeSet<>();

    private PolicyMemory(@Nullable Path file) {
        this.file = file;
    }

    /** A memory that ends with the process, for a framework that has no files. */
    public static PolicyMemory ofThisProcess() {
        return new PolicyMemory(null);
    }

    /**
     * Reads a memory.
     *
     * @param file one name per line; need not exist
     * @throws IOException when it exists and cannot be read: then nobody knows which policies there were
     */
    public static PolicyMemory in(Path file) throws IOException {
        PolicyMemory memory = new PolicyMemory(file);
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().filter(name -> !name.isBlank()).forEach(memory.names::add);
        }
        return memory;
    }

    /** Returns the names, in alphabetical order. */
    Set<String> names() {
        return names;
    }

    /** Remembers policies. */
    void remember(Collection<String> policies) {
        if (names.addAll(policies)) {
            save();
        }
    }

    /** Forgets a policy that somebody wants to do without. */
    void forget(String policy) {
        if (names.remove(policy)) {
            save();
        }
    }

    private void save() {
        if (file == null) {
            return;
        }
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.write(draft, names);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(
                    Level.ERROR,
                    () -> "which policies were in the stack cannot be kept in " + file + ": " + e
                            + "; after a restart of the framework they are required only if lsm.required names them");
        }
    }
}
