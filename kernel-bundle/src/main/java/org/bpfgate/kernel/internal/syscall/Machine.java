package org.bpfgate.kernel.internal.syscall;

import org.jspecify.annotations.Nullable;

/** This machine's kernel and C library. Immutable; safe for use by several threads. */
public final class Machine {
    private final Architecture architecture;
    private final Linkage syscall;
    private volatile @Nullable Boolean commonAttributes;

    private Machine(Architecture architecture, Linkage syscall) {
        this.architecture = architecture;
        this.syscall = syscall;
    }

    /**
     * Links what is needed.
     *
     * @throws UnsupportedOperationException when this is not Linux on a processor that this project has numbers for, or when
     *     the JVM was started without the right to do so; the message says which, in one line
     */
    public static Machine link() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new UnsupportedOperationException("BPF programs are mediated on Linux only");
        }
        Architecture architecture = Architecture.current()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "no system call numbers for the processor " + System.getProperty("os.arch")));
        if (!Linkage.isAllowed()) {
            throw new UnsupportedOperationException(
                    "the JVM may not make system calls: start it with --enable-native-access=ALL-UNNAMED");
        }
        return new Machine(architecture, Linkage.to("syscall"));
    }

    /** Returns what differs between processors. */
    public Architecture architecture() {
        return architecture;
    }

    /** Returns whether this kernel has {@code BPF_COMMON_ATTRS}; asked once. */
    public boolean knowsCommonAttributes() {
        Boolean known = commonAttributes;
        if (known == null) {
            known = newSyscalls().knowsCommonAttributes();
            commonAttributes = known;
        }
        return known;
    }

    /** Returns system calls for the use of one thread. */
    public Syscalls newSyscalls() {
        return new Syscalls(architecture, syscall);
    }
}
