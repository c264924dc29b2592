package org.bpfgate.kernel.internal.session;

import org.bpfgate.kernel.internal.seccomp.Seccomp;
import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;
import org.bpfgate.program.BpfCommand;

/** Puts the calling thread under the filter, with the reason in words where that cannot be. */
final class FilterInstallation {
    private FilterInstallation() {}

    /**
     * Requires a kernel with user notification.
     *
     * @throws MediationException when it has none
     */
    static void requireAvailable(Syscalls syscalls) throws MediationException {
        if (!Seccomp.isAvailable(syscalls)) {
            throw new MediationException(
                    Kind.CANNOT_MEDIATE, "this kernel has no seccomp user notification; Linux 6.4 or later has");
        }
    }

    /**
     * Puts the calling thread, and what it starts from now on, under the filter.
     *
     * @param mediated numbers of the commands that go to the gate
     * @return the descriptor of the listener
     */
    static int install(Machine machine, Syscalls syscalls, int... mediated) throws MediationException {
        requireAvailable(syscalls);
        try {
            if (!new Capabilities(syscalls).has(Capabilities.SYS_ADMIN)) {
                Seccomp.setNoNewPrivileges(syscalls);
            }
            return Seccomp.installFilter(machine, syscalls, BpfCommand.count(), mediated);
        } catch (SyscallException e) {
            String hint =
                    e.errno() == Errnos.EBUSY ? " (this process already runs under another seccomp listener)" : "";
            throw new MediationException(
                    Kind.CANNOT_MEDIATE, "the seccomp filter cannot be installed: " + e.getMessage() + hint);
        }
    }
}
