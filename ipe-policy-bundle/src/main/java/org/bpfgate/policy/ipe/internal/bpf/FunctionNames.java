package org.bpfgate.policy.ipe.internal.bpf;

import java.util.Set;

/**
 * The names of a kernel's functions, from its type information. Immutable.
 *
 * @param all every function; none when there is no type information
 * @param callable those that programs may call, which the kernel's build marks with the tag {@code bpf_kfunc}; none in the
 *     type information of kernels without such tags
 */
public record FunctionNames(Set<String> all, Set<String> callable) {
    /** What is known without type information. */
    public static final FunctionNames NONE = new FunctionNames(Set.of(), Set.of());

    /** Copies the sets. */
    public FunctionNames {
        all = Set.copyOf(all);
        callable = Set.copyOf(callable);
    }

    /** Returns those of the kernel that runs here, read when first asked. */
    public static FunctionNames ofRunningKernel() {
        return RunningKernel.NAMES;
    }

    /** Returns whether nothing is known. */
    public boolean isUnknown() {
        return all.isEmpty();
    }

    /** Returns whether there is a function of that name. */
    public boolean hasFunction(String name) {
        return all.contains(name);
    }

    /** Returns whether programs may call a function of that name, as far as can be told. */
    public boolean hasKfunc(String name) {
        return callable.isEmpty() ? all.contains(name) : callable.contains(name);
    }

    /** Returns the functions that programs may call; all when they cannot be told. */
    public String[] kfuncs() {
        return (callable.isEmpty() ? all : callable).toArray(String[]::new);
    }
}
