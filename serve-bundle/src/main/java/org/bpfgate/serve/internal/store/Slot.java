package org.bpfgate.serve.internal.store;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A place of the gate for one bundle with modules, through all its replacements.
 *
 * @param name the symbolic name of the first bundle that was there
 * @param modules the names of the modules that it had in the stack, in alphabetical order
 * @param started whether it is to run
 * @param current the bundle that runs
 * @param kept the one before, for a rollback; null when there was none
 * @param file the file of modules.d that it follows, and the digest of its content that was taken; null when it follows none
 */
public record Slot(
        String name,
        List<String> modules,
        boolean started,
        Source current,
        @Nullable Source kept,
        @Nullable Followed file) {
    /**
     * A file of modules.d.
     *
     * @param name without the directory
     * @param sha256 of the content that was taken, or refused
     */
    public record Followed(String name, String sha256) {}

    /** Copies the list. */
    public Slot {
        Objects.requireNonNull(name);
        modules = List.copyOf(new TreeSet<>(modules));
        Objects.requireNonNull(current);
    }

    public Slot withModules(Set<String> names) {
        return new Slot(name, List.copyOf(names), started, current, kept, file);
    }

    public Slot started(boolean isStarted) {
        return new Slot(name, modules, isStarted, current, kept, file);
    }

    /** Another bundle runs, and the one before is kept. */
    public Slot replacedBy(Source other) {
        return new Slot(name, modules, true, other, current, file);
    }

    public Slot following(@Nullable Followed followed) {
        return new Slot(name, modules, started, current, kept, followed);
    }

    /** Returns whether an operator's word means this: the name of a module, or of a bundle. */
    public boolean isCalled(String word) {
        return modules.contains(word) || name.equals(word) || current.bundle().equals(word);
    }
}
