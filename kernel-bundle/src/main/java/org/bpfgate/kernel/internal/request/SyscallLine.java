package org.bpfgate.kernel.internal.request;

import java.util.Optional;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.KernelLine;
import org.bpfgate.kernel.internal.client.ProcessIds;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Architecture;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.LoadClient;
import org.jspecify.annotations.Nullable;

/**
 * Record 1300 of a call of bpf(2), by which audit tools find who made it and how it ended. Its key is {@value #KEY}. What the gate does
 * not know is left out: the terminal, and how a call ended that the kernel answered.
 */
final class SyscallLine {
    /** For {@code ausearch -k}. */
    private static final String KEY = "bpfgate";

    private SyscallLine() {}

    /**
     * Writes it.
     *
     * @param call the arguments of the system call
     * @param ids of the client; null when they are not known
     */
    static KernelLine of(
            Notification call, MediationResult result, Optional<LoadClient> client, @Nullable ProcessIds ids) {
        StringBuilder text = new StringBuilder(256);
        Architecture.current()
                .ifPresent(machine -> text.append("arch=")
                        .append(Integer.toHexString(machine.audit()))
                        .append(" syscall=")
                        .append(machine.numbers().bpf())
                        .append(' '));
        text.append(outcome(result))
                .append("a0=")
                .append(Long.toHexString(call.word().bits()))
                .append(" a1=")
                .append(Long.toHexString(call.attr()))
                .append(" a2=")
                .append(Integer.toHexString(call.size()))
                .append(" a3=")
                .append(Long.toHexString(call.commonAttr()))
                .append(" items=0");
        client.ifPresent(who -> text.append(' ')
                .append(ids == null ? "pid=" + who.pid() + " euid=" + who.uid() : ids.fields(who.pid()))
                .append(" comm=")
                .append(KernelLine.untrusted(who.comm()))
                .append(who.executable()
                        .map(exe -> " exe=" + KernelLine.untrusted(exe))
                        .orElse("")));
        return new KernelLine(
                AuditType.SYSCALL, text.append(" key=\"" + KEY + '"').toString());
    }

    private static String outcome(MediationResult result) {
        if (result.fd().isPresent()) {
            return "success=yes exit=" + result.fd().getAsInt() + " ";
        }
        return result.errno()
                .map(name -> "success=no exit=-" + Errnos.number(name) + " ")
                .orElse("");
    }
}
