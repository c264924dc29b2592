package org.bpfgate.policy.ipe.internal.bpf;

import org.jspecify.annotations.Nullable;

/** The functions of a kernel by their ids in its type information (BTF). */
@FunctionalInterface
public interface KernelFunctions {
    /** Those of the kernel that runs here, read from {@code /sys/kernel/btf/vmlinux} when first asked. */
    KernelFunctions RUNNING = id -> RunningKernel.FUNCTIONS.nameOf(id);

    /** Returns the name of a function; null when the id is not that of a function, or cannot be looked up. */
    @Nullable
    String nameOf(int id);
}
