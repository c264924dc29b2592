package org.bpfgate.kernel.internal.session;

import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;

/** Why a command cannot be executed, in words. */
final class StartFailure {
    private StartFailure() {}

    /**
     * Explains an error of execve(2).
     *
     * @param name the first word of the command
     */
    static MediationException of(String name, int errno) {
        Kind kind = errno == Errnos.ENOENT ? Kind.NOT_FOUND : Kind.NOT_EXECUTABLE;
        return new MediationException(kind, name + ": " + cause(name, errno));
    }

    private static String cause(String name, int errno) {
        boolean isPath = name.indexOf('/') >= 0;
        return switch (errno) {
            case Errnos.ENOENT ->
                isPath
                        ? "there is no such file, or its interpreter is missing (ENOENT)"
                        : "there is no such command in PATH (ENOENT)";
            case Errnos.EACCES ->
                "it may not be executed: it is no executable file, or a permission is missing (EACCES)";
            case Errnos.ENOEXEC -> "it is no program for this machine, and no script that begins with #! (ENOEXEC)";
            default -> "it cannot be executed: " + Errnos.name(errno);
        };
    }
}
