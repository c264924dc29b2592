package org.bpfgate.kernel.internal.session;

import java.util.List;
import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.Signals;
import org.bpfgate.kernel.internal.syscall.Spawn;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;

/**
 * Keeps a command that runs as root from reaching the gate and the host's processes by ordinary means: processes that the calling thread
 * starts are in a pid namespace of their own, in a mount namespace with no {@code /proc} but that of this pid namespace, and can never
 * have {@link #TAKEN some capabilities}. Mounts are those of the host at the start; later ones are seen by nobody else, on either side.
 *
 * <p>The first process of the namespace is not the command, to which the kernel would then not deliver signals that it does not handle,
 * but cat(1) that reads from a pipe of the gate: it takes orphans on, which the kernel reaps as it ignores SIGCHLD. It ends when the
 * gate does, however that ends, and the kernel then kills every process of the namespace. It keeps its capabilities, so that nobody
 * inside, who has fewer, can trace and stop it ({@code cap_ptrace_access_check()}). For one thread.
 */
final class Confinement {
    /** {@code CLONE_NEWPID} and {@code CLONE_NEWNS} of {@code include/uapi/linux/sched.h}. */
    private static final int NEW_PID = 0x20000000;

    private static final int NEW_MOUNT = 0x00020000;

    /** {@code MS_PRIVATE | MS_REC} of {@code include/uapi/linux/mount.h}. */
    private static final long ALL_PRIVATE = (1 << 18) | (1 << 14);

    /**
     * What the command is never to have: the rights to other processes and to the kernel's memory, and that to join the mount namespace of
     * the host, whose {@code /proc} has the gate. Since Linux 6.12 it can be opened without a path to it.
     */
    private static final int[] TAKEN = {
        Capabilities.SYS_PTRACE,
        Capabilities.SYS_MODULE,
        Capabilities.SYS_RAWIO,
        Capabilities.SYS_BOOT,
        Capabilities.SYS_CHROOT,
    };

    private static final List<String> FIRST_PROCESS = List.of("cat");
    private static final List<String> MOUNT_PROC =
            List.of("mount", "-t", "proc", "-o", "nosuid,nodev,noexec", "proc", "/proc");

    private final Syscalls syscalls;

    /** The descriptor of the pid namespace in which the gate is. */
    private final int outside;

    private boolean isEntered;
    private int pipe = -1;
    private int first;

    private Confinement(Syscalls syscalls, int outside) {
        this.syscalls = syscalls;
        this.outside = outside;
    }

    /**
     * Confines what the calling thread starts until this is closed. The capabilities and the mounts stay as they are then, so the thread
     * is of no other use afterwards. It cannot start threads meanwhile.
     *
     * @param conditions the command gets these descriptors
     * @throws MediationException when that cannot be, with what is missing
     */
    static Confinement enter(Syscalls syscalls, StartConditions conditions) throws MediationException {
        try (NativeScope scope = NativeScope.open()) {
            HostReferences.requireNone(syscalls, conditions.inherited());
            Confinement confinement = new Confinement(syscalls, syscalls.openToRead(scope.text("/proc/self/ns/pid")));
            try {
                confinement.begin(scope);
                return confinement;
            } catch (SyscallException e) {
                confinement.close();
                throw e;
            }
        } catch (SyscallException e) {
            throw new MediationException(
                    Kind.CANNOT_MEDIATE,
                    "the command cannot be confined: " + e.getMessage()
                            + "; that takes root with CAP_SYS_ADMIN and CAP_SETPCAP, cat(1) and mount(8)");
        }
    }

    private void begin(NativeScope scope) throws SyscallException {
        StartConditions.closeOnExec(syscalls);
        syscalls.unshare(NEW_PID | NEW_MOUNT);
        isEntered = true;
        startFirst();
        new Capabilities(syscalls).takeFromDescendants(TAKEN);
        // Otherwise the changes would show on the host, and a /proc that is mounted there later would show here.
        syscalls.changePropagation(scope.text("/"), ALL_PRIVATE);
        try (ProcMounts mounts = ProcMounts.open(syscalls)) {
            mounts.detachAll();
        }
        int status = syscalls.waitFor(new Spawn(MOUNT_PROC, 0, 0, -1, Spawn.Group.SAME).start());
        if (status != 0) {
            throw new SyscallException(String.join(" ", MOUNT_PROC), KernelMediator.exitCode(status), 0);
        }
    }

    private void startFirst() throws SyscallException {
        int[] ends = syscalls.pipe();
        pipe = ends[1];
        try {
            Spawn cat = new Spawn(FIRST_PROCESS, 0, 0, ends[0], Spawn.Group.OWN_SESSION);
            first = Signals.whileIgnoring(syscalls, Signals.bit(Signals.SIGCHLD), cat::start);
        } finally {
            syscalls.close(ends[0]);
        }
    }

    /** Ends every process of the namespace, and waits until they are gone. */
    void close() {
        try {
            if (isEntered) {
                syscalls.setNamespace(outside, NEW_PID);
            }
            if (first != 0) {
                syscalls.kill(first, Signals.SIGKILL);
                syscalls.waitFor(first);
            }
        } catch (SyscallException e) {
            throw new IllegalStateException("a confined command was not ended: " + e.getMessage(), e);
        } finally {
            syscalls.close(outside);
            if (pipe >= 0) {
                syscalls.close(pipe);
            }
        }
    }
}
