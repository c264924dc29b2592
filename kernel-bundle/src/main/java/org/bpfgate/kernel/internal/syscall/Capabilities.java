package org.bpfgate.kernel.internal.syscall;

/** The capabilities of the calling thread, capget(2) and capset(2), and those of others to look at. For that thread. */
public final class Capabilities {
    /** {@code CAP_SYS_ADMIN} of {@code include/uapi/linux/capability.h}. */
    public static final int SYS_ADMIN = 21;

    /** {@code CAP_SYS_MODULE}. */
    public static final int SYS_MODULE = 16;

    /** {@code CAP_SYS_RAWIO}. */
    public static final int SYS_RAWIO = 17;

    /** {@code CAP_SYS_CHROOT}, without which nobody joins another mount namespace. */
    public static final int SYS_CHROOT = 18;

    /** {@code CAP_SYS_PTRACE}. */
    public static final int SYS_PTRACE = 19;

    /** {@code CAP_SYS_BOOT}, which is about kexec_load(2) too. */
    public static final int SYS_BOOT = 22;

    /** {@code CAP_NET_ADMIN}. */
    public static final int NET_ADMIN = 12;

    /** {@code CAP_PERFMON}. */
    public static final int PERFMON = 38;

    /** {@code CAP_BPF}. */
    public static final int BPF = 39;

    /** {@code _LINUX_CAPABILITY_VERSION_3} of the same header: two words of each set. */
    private static final int VERSION_3 = 0x20080522;

    private static final int EFFECTIVE = 0;
    private static final int PERMITTED = 4;
    private static final int INHERITABLE = 8;

    /** {@code PR_CAPBSET_DROP} of {@code include/uapi/linux/prctl.h}. */
    private static final int BOUNDING_DROP = 24;

    /** From the low words of the three sets to the high ones. */
    private static final int HIGH = 12;

    private final Syscalls syscalls;
    private final NativeBuffer header = NativeScope.automatic().allocate(8);
    private final NativeBuffer sets = NativeScope.automatic().allocate(2 * HIGH);
    private final long permitted;
    private long effective;

    /** Reads those of the calling thread. */
    public Capabilities(Syscalls syscalls) throws SyscallException {
        this.syscalls = syscalls;
        header.putInt(0, VERSION_3);
        syscalls.capget(header, sets);
        effective = read(EFFECTIVE);
        permitted = read(PERMITTED);
    }

    private long read(int set) {
        return read(sets, set);
    }

    private static long read(NativeBuffer sets, int set) {
        return (sets.getInt(set) & 0xffffffffL) | ((long) sets.getInt(set + HIGH) << 32);
    }

    /**
     * Returns the effective set of any thread, which counts in that thread's user namespace, bit n for capability n.
     *
     * @throws SyscallException with {@code ESRCH} when there is no such thread
     */
    public static long effectiveOf(Syscalls syscalls, int tid) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer header = scope.allocate(8);
            NativeBuffer sets = scope.allocate(2 * HIGH);
            header.putInt(0, VERSION_3);
            header.putInt(4, tid);
            syscalls.capget(header, sets);
            return read(sets, EFFECTIVE);
        }
    }

    /** Returns the effective set, bit n for capability n. */
    public long effective() {
        return effective;
    }

    /** Returns whether a capability is in the effective set. */
    public boolean has(int capability) {
        return (effective & (1L << capability)) != 0;
    }

    /**
     * Uses exactly these from now on, as far as the thread may; those that it has not are left out.
     *
     * @param wanted bit n for capability n
     */
    public void use(long wanted) throws SyscallException {
        long allowed = wanted & permitted;
        if (allowed != effective) {
            sets.putInt(EFFECTIVE, (int) allowed);
            sets.putInt(EFFECTIVE + HIGH, (int) (allowed >>> 32));
            syscalls.capset(header, sets);
            effective = allowed;
        }
    }

    /**
     * Takes capabilities for good from whatever the calling thread executes from now on: out of the bounding set, and out of the
     * inheritable set and with it the ambient one. The thread itself keeps them.
     *
     * @throws SyscallException with {@code EPERM} without {@code CAP_SETPCAP}
     */
    public void takeFromDescendants(int... capabilities) throws SyscallException {
        long left = read(INHERITABLE);
        for (int capability : capabilities) {
            left &= ~(1L << capability);
        }
        sets.putInt(INHERITABLE, (int) left);
        sets.putInt(INHERITABLE + HIGH, (int) (left >>> 32));
        syscalls.capset(header, sets);
        for (int capability : capabilities) {
            syscalls.prctl("prctl(PR_CAPBSET_DROP)", BOUNDING_DROP, capability);
        }
    }

    /** Uses all that the thread may. */
    public void useAll() throws SyscallException {
        use(permitted);
    }
}
