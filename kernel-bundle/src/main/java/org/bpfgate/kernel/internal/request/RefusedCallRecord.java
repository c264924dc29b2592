package org.bpfgate.kernel.internal.request;

import java.util.List;
import java.util.Optional;
import org.bpfgate.audit.AuditClient;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.KernelLine;
import org.bpfgate.kernel.internal.client.ProcessIds;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.mediation.RefusedCall;
import org.jspecify.annotations.Nullable;

/**
 * The audit record of one refused call of bpf(2).
 *
 * @param refused the call and the result
 * @param call the arguments of the system call
 * @param ids numbers of the client; null when they are not known
 */
record RefusedCallRecord(
        RefusedCall refused, Notification call, @Nullable ProcessIds ids) implements AuditRecord {
    @Override
    public AuditType type() {
        return AuditType.BPF;
    }

    /** The kernel has no record of its own of calls that it refuses, only that of the system call. */
    @Override
    public Optional<String> kernelText() {
        return Optional.empty();
    }

    /** Record 1300 has no form for a call of another ABI, so there is none. */
    @Override
    public List<KernelLine> kernelLines() {
        return refused.kind() == RefusedCall.Kind.FOREIGN_ABI
                ? List.of()
                : List.of(SyscallLine.of(call, refused.result(), refused.client(), ids));
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("command", refused.wordText());
        json.text("refused", refused.kind().name());
        refused.client().ifPresent(client -> json.object("client", AuditClient.of(client)::describe));
        json.object("result", members -> BpfAuditRecord.result(refused.result(), members));
    }
}
