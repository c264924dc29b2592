package org.bpfgate.framework.internal.audit;

import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;

/**
 * Says in the file that records are missing there, in the words of {@code audit_log_lost()}.
 *
 * @param lost how many were lost so far, in all
 */
record LostRecords(long lost) implements AuditRecord {
    @Override
    public AuditType type() {
        return AuditType.KERNEL_OTHER;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of("audit_lost=" + lost + " audit_backlog_limit=" + AuditWriter.BACKLOG);
    }

    @Override
    public void describe(JsonMembers json) {
        json.number("lost", lost);
    }
}
