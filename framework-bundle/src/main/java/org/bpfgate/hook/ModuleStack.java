package org.bpfgate.hook;

import java.util.List;

/**
 * One generation of the stack: which modules decide, in which order. Immutable.
 *
 * @param generation counts the changes of the stack since the framework started
 * @param modules the modules, in the order in which they are called
 */
public record ModuleStack(long generation, List<Entry> modules) {
    /** Copies the list. */
    public ModuleStack {
        modules = List.copyOf(modules);
    }

    /** Returns whether a module of that name is in the stack. */
    public boolean contains(String lsm) {
        return modules.stream().anyMatch(entry -> entry.lsm().name().equals(lsm));
    }

    /**
     * One module of the stack and where it comes from.
     *
     * @param lsm its identity
     * @param ranking its {@code service.ranking}
     * @param bundle the symbolic name of the bundle that registered it
     * @param version the version of that bundle
     */
    public record Entry(LsmId lsm, int ranking, String bundle, String version) {}
}
