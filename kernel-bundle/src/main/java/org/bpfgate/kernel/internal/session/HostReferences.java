package org.bpfgate.kernel.internal.session;

import java.util.List;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;

/**
 * References to the host's {@code /proc} that a command would inherit and that no mount namespace removes: the working directory, and
 * descriptors of directories. A descriptor of a single file of {@code /proc} leads nowhere else, and the user who starts the gate passes it.
 */
final class HostReferences {
    /** {@code PROC_SUPER_MAGIC} of {@code include/uapi/linux/magic.h}. */
    private static final long PROC = 0x9fa0;

    private static final List<Integer> STREAMS = List.of(0, 1, 2);

    private final Syscalls syscalls;

    private HostReferences(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    /**
     * Requires that there are none.
     *
     * @param inherited the descriptors above the streams that the command is to have
     * @throws MediationException with the one that there is
     */
    static void requireNone(Syscalls syscalls, List<Integer> inherited) throws MediationException, SyscallException {
        HostReferences references = new HostReferences(syscalls);
        references.requireOtherDirectory();
        for (int fd : STREAMS) {
            references.requireOther(fd);
        }
        for (int fd : inherited) {
            references.requireOther(fd);
        }
    }

    private void requireOtherDirectory() throws MediationException, SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            int place = syscalls.openPlace(scope.text("."));
            try {
                if (syscalls.fileSystemType(place) == PROC) {
                    throw refused("the working directory is in the /proc of the host; start it from another directory");
                }
            } finally {
                syscalls.close(place);
            }
        }
    }

    private void requireOther(int fd) throws MediationException {
        if (isProc(fd) && isDirectory(fd)) {
            throw refused("descriptor " + fd + " is a directory in the /proc of the host; close it");
        }
    }

    private static MediationException refused(String reason) {
        return new MediationException(Kind.CANNOT_MEDIATE, "the command cannot be confined: " + reason);
    }

    /** A descriptor that is not there leads nowhere. */
    private boolean isProc(int fd) {
        try {
            return syscalls.fileSystemType(fd) == PROC;
        } catch (SyscallException e) {
            return false;
        }
    }

    private boolean isDirectory(int fd) {
        try (NativeScope scope = NativeScope.open()) {
            syscalls.close(syscalls.open(fd, scope.text(".")));
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }
}
