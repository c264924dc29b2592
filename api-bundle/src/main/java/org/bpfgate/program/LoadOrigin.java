package org.bpfgate.program;

/** Who asked for a load: the {@code kernel} argument of the kernel's hooks. */
public enum LoadOrigin {
    /** A process, through bpf(2). */
    USER,

    /** The kernel itself, for example for a loader program that calls the bpf syscall helper. */
    KERNEL
}
