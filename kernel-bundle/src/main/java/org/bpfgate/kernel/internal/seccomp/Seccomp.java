package org.bpfgate.kernel.internal.seccomp;

import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** seccomp(2) with user notification, for the calling thread. Constants are those of {@code include/uapi/linux/seccomp.h}. */
public final class Seccomp {
    private static final int SET_MODE_FILTER = 1;
    private static final int GET_ACTION_AVAIL = 2;
    private static final int USER_NOTIF = 0x7fc00000;

    /** {@code SECCOMP_FILTER_FLAG_NEW_LISTENER}, Linux 5.0. */
    private static final int NEW_LISTENER = 8;

    /** {@code SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV}, Linux 5.19. */
    private static final int WAIT_KILLABLE_RECV = 32;

    /** {@code PR_SET_NO_NEW_PRIVS} of {@code include/uapi/linux/prctl.h}. */
    private static final int NO_NEW_PRIVS = 38;

    /** {@code SECCOMP_IOCTL_NOTIF_SET_FLAGS} and its {@code SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP}, Linux 6.6. */
    private static final int SET_FLAGS = 0x40082104;

    private static final int SYNC_WAKE_UP = 1;

    private Seccomp() {}

    /** Returns whether this kernel has user notification. */
    public static boolean isAvailable(Syscalls syscalls) {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer action = scope.allocate(4);
            action.putInt(0, USER_NOTIF);
            syscalls.seccomp("seccomp(GET_ACTION_AVAIL)", GET_ACTION_AVAIL, 0, action.address());
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }

    /**
     * Gives up, for the calling thread and what it starts, ever to gain rights by executing a file: what an ordinary user
     * must do before a filter.
     */
    public static void setNoNewPrivileges(Syscalls syscalls) throws SyscallException {
        syscalls.prctl("prctl(PR_SET_NO_NEW_PRIVS)", NO_NEW_PRIVS, 1);
    }

    /**
     * Puts the calling thread, and what it starts from now on, under the filter. There is no way back.
     *
     * @param known how many commands of bpf(2) this version knows, from 0
     * @param mediated numbers of the commands to mediate
     * @return the file descriptor of the listener
     * @throws SyscallException with {@code EACCES} without the right to do so, {@code EBUSY} when there is a listener already
     */
    public static int installFilter(Machine machine, Syscalls syscalls, int known, int... mediated)
            throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer program = SeccompFilter.program(machine.architecture(), scope, known, mediated);
            return syscalls.seccomp(
                    "seccomp(SET_MODE_FILTER)", SET_MODE_FILTER, NEW_LISTENER | WAIT_KILLABLE_RECV, program.address());
        }
    }

    /** Asks the kernel to wake the waiting thread on the processor that answers it; older kernels choose the processor. */
    public static void wakeUpInPlace(Syscalls syscalls, int listener) {
        try {
            syscalls.ioctl("ioctl(SECCOMP_IOCTL_NOTIF_SET_FLAGS)", listener, SET_FLAGS, SYNC_WAKE_UP);
        } catch (SyscallException e) {
            assert e.errno() == Errnos.EINVAL : e;
        }
    }
}
