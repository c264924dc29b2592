package org.bpfgate.stack;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bpfgate.hook.LsmId;

/**
 * One generation of the stack: which modules decide, in which order. Immutable.
 *
 * @param generation counts the changes of the stack since the framework started
 * @param modules the modules, in the order in which they are called
 * @param problems what is wrong with the stack, one line each: a required module that is missing, a module that is left out
 *     because its name is taken, a name in {@code lsm.order} that no module has
 */
public record ModuleStack(long generation, List<Entry> modules, List<String> problems) {
    /** Copies the lists. */
    public ModuleStack {
        modules = List.copyOf(modules);
        problems = List.copyOf(problems);
    }

    /** Returns whether a module of that name is in the stack. */
    public boolean contains(String lsm) {
        for (Entry entry : modules) {
            if (entry.lsm().name().equals(lsm)) {
                return true;
            }
        }
        return false;
    }

    /**
     * One module of the stack and where it comes from.
     *
     * @param lsm its identity
     * @param ranking its {@code service.ranking}
     * @param bundle the symbolic name of the bundle that registered it
     * @param version the version of that bundle
     * @param content gives the SHA-256 of the bundle's content when asked; see {@link #sha256()}
     */
    public record Entry(LsmId lsm, int ranking, String bundle, String version, Supplier<String> content) {
        /** Refuses nulls. */
        public Entry {
            Objects.requireNonNull(lsm);
            Objects.requireNonNull(bundle);
            Objects.requireNonNull(version);
            Objects.requireNonNull(content);
        }

        /**
         * Returns the SHA-256 of the bundle's content, 64 lower-case hexadecimal digits: over the entries sorted by name, of each
         * the name in UTF-8, a zero byte, the length as 8 bytes big-endian, and the bytes. It identifies what runs however the
         * bundle was packed or installed. Computed when first asked, and kept.
         */
        public String sha256() {
            return content.get();
        }
    }
}
