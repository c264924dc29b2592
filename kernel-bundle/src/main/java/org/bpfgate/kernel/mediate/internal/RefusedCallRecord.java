package org.bpfgate.kernel.mediate.internal;

import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.mediation.RefusedCall;

/** What one refused call of bpf(2) leaves behind. */
record RefusedCallRecord(RefusedCall refused) implements AuditRecord {
    @Override
    public AuditType type() {
        return AuditType.BPF;
    }

    /** The kernel has no record of calls that it refuses. */
    @Override
    public Optional<String> kernelText() {
        return Optional.empty();
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("command", refused.wordText());
        json.text("refused", refused.kind().name());
        refused.client().ifPresent(client -> json.object("client", members -> BpfAuditRecord.client(client, members)));
        json.object("result", members -> BpfAuditRecord.result(refused.result(), members));
    }
}
