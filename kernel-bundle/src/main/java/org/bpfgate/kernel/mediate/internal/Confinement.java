package org.bpfgate.kernel.mediate.internal;

import java.util.List;
import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.Signals;
import org.bpfgate.kernel.syscall.internal.Spawn;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;

/**
 * Keeps a command that runs as root from reaching the gate by ordinary means: processes that the calling thread starts are in a pid
 * namespace of their own, see a {@code /proc} of their own, and can never have {@code CAP_SYS_PTRACE}, {@code CAP_SYS_MODULE},
 * {@code CAP_SYS_RAWIO} and {@code CAP_SYS_BOOT}. All other mounts stay shared with the host.
 *
 * <p>The first process of the namespace is not the command, to which the kernel would then not deliver signals that it does not handle,
 * but cat(1) that reads from a pipe of the gate: it takes orphans on, which the kernel reaps as it ignores SIGCHLD. It ends when the
 * gate does, however that ends, and the kernel then kills every process of the namespace. For one thread.
 */
final class Confinement {
    /** {@code CLONE_NEWPID} and {@code CLONE_NEWNS} of {@code include/uapi/linux/sched.h}. */
    private static final int NEW_PID = 0x20000000;

    private static final int NEW_MOUNT = 0x00020000;

    /** {@code MS_PRIVATE} of {@code include/uapi/linux/mount.h}. */
    private static final long PRIVATE = 1 << 18;

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
     * @throws MediationException when that cannot be, with what is missing
     */
    static Confinement enter(Syscalls syscalls) throws MediationException {
        try (NativeScope scope = NativeScope.open()) {
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
        new Capabilities(syscalls)
                .takeFromDescendants(
                        Capabilities.SYS_PTRACE,
                        Capabilities.SYS_MODULE,
                        Capabilities.SYS_RAWIO,
                        Capabilities.SYS_BOOT);
        startFirst();
        // Otherwise the new /proc would show on the host.
        syscalls.changePropagation(scope.text("/proc"), PRIVATE);
        int status = syscalls.waitFor(new Spawn(MOUNT_PROC, 0, 0, -1).start());
        if (status != 0) {
            throw new SyscallException(String.join(" ", MOUNT_PROC), KernelMediator.exitCode(status), 0);
        }
    }

    private void startFirst() throws SyscallException {
        int[] ends = syscalls.pipe();
        pipe = ends[1];
        try {
            Spawn cat = new Spawn(FIRST_PROCESS, 0, 0, ends[0]);
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
