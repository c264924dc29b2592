package org.bpfgate.kernel.internal.syscall;

/** Blocks, ignores and handles signals in this process. Numbers are those of {@code include/uapi/asm-generic/signal.h}. */
public final class Signals {
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGTERM = 15;
    public static final int SIGWINCH = 28;
    public static final int SIGKILL = 9;
    public static final int SIGCHLD = 17;
    public static final int SIGCONT = 18;
    public static final int SIGTSTP = 20;
    public static final int SIGTTIN = 21;
    public static final int SIGTTOU = 22;

    /** {@code sizeof(struct sigaction)} of the kernel is 32; the handler comes first. */
    private static final int ACTION_SIZE = 64;

    /** Bytes in the kernel's {@code sigset_t}. */
    private static final int SIGSET_SIZE = 8;

    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;
    private static final int SIGSTOP = 19;

    /** SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV: what a thread causes itself, and what the JVM needs. */
    private static final long OWN_FAULTS = bit(4) | bit(5) | bit(7) | bit(8) | bit(11);

    private Signals() {}

    /** Returns the bit of a signal in a set. */
    public static long bit(int signal) {
        return 1L << (signal - 1);
    }

    /**
     * Lets no signal interrupt the calling thread and those that it starts. A signal during {@code SECCOMP_IOCTL_NOTIF_ADDFD} would
     * lose the descriptor after the kernel has noted the answer, and one during {@code BPF_PROG_LOAD} makes it {@code EAGAIN}.
     */
    public static void block(Syscalls syscalls) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer set = scope.allocate(SIGSET_SIZE);
            set.putLong(0, ~OWN_FAULTS);
            syscalls.blockSignals(set);
        }
    }

    /**
     * Blocks exactly these in the calling thread and in those that it starts.
     *
     * @param signals bit n-1 for signal n
     */
    public static void blockOnly(Syscalls syscalls, long signals) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer set = scope.allocate(SIGSET_SIZE);
            set.putLong(0, signals);
            syscalls.setBlockedSignals(set);
        }
    }

    /** Ignores a signal from now on. */
    public static void ignore(Syscalls syscalls, int signal) throws SyscallException {
        set(syscalls, signal, SIG_IGN);
    }

    /** Does from now on what the kernel does by default on a signal. */
    public static void byDefault(Syscalls syscalls, int signal) throws SyscallException {
        set(syscalls, signal, SIG_DFL);
    }

    private static void set(Syscalls syscalls, int signal, long handler) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer action = scope.allocate(ACTION_SIZE);
            action.putLong(0, handler);
            syscalls.sigaction(signal, action, scope.allocate(ACTION_SIZE), SIGSET_SIZE);
        }
    }

    /**
     * Stops this process as the terminal does by {@code SIGTSTP}, and returns when it is continued; at once where nobody could continue
     * it, since its process group is orphaned. Sent to this thread, which is stopped before it does anything else.
     */
    public static void stopThisProcess(Syscalls syscalls) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer byDefault = scope.allocate(ACTION_SIZE);
            NativeBuffer before = scope.allocate(ACTION_SIZE);
            syscalls.sigaction(SIGTSTP, byDefault, before, SIGSET_SIZE);
            try {
                syscalls.signalThisThread(SIGTSTP);
            } finally {
                syscalls.sigaction(SIGTSTP, before, byDefault, SIGSET_SIZE);
            }
        }
    }

    /** What is done while some signals are ignored. */
    public interface Work {
        /** Does it. */
        int perform() throws SyscallException;
    }

    /**
     * Ignores signals in this whole process while something is done, so that a process that is started inherits that. Signals that a
     * thread causes itself are left alone, because the JVM needs them.
     *
     * @param signals bit n-1 for signal n
     */
    public static int whileIgnoring(Syscalls syscalls, long signals, Work work) throws SyscallException {
        long left = signals & ~OWN_FAULTS & ~bit(SIGKILL) & ~bit(SIGSTOP);
        if (left == 0) {
            return work.perform();
        }
        int signal = Long.numberOfTrailingZeros(left) + 1;
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer action = scope.allocate(ACTION_SIZE);
            NativeBuffer before = scope.allocate(ACTION_SIZE);
            action.putLong(0, SIG_IGN);
            syscalls.sigaction(signal, action, before, SIGSET_SIZE);
            try {
                return whileIgnoring(syscalls, left & ~bit(signal), work);
            } finally {
                syscalls.sigaction(signal, before, action, SIGSET_SIZE);
            }
        }
    }

    /** Returns whether this process is in the foreground of its terminal, so that the terminal's signals reach it. */
    public static boolean isInForeground(Syscalls syscalls) {
        try (NativeScope scope = NativeScope.open()) {
            int terminal = syscalls.openToRead(scope.text("/dev/tty"));
            try {
                return syscalls.foregroundGroup(terminal) == syscalls.processGroup();
            } finally {
                syscalls.close(terminal);
            }
        } catch (SyscallException e) {
            return false;
        }
    }
}
