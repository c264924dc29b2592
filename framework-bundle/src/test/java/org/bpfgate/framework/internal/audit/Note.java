package org.bpfgate.framework.internal.audit;

import java.util.Optional;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditType;
import org.bpfgate.audit.JsonMembers;

/** A record of the tests. */
public record Note(String text) implements AuditRecord {
    @Override
    public AuditType type() {
        return AuditType.IPE_ACCESS;
    }

    @Override
    public Optional<String> kernelText() {
        return Optional.of("note=" + text);
    }

    @Override
    public void describe(JsonMembers json) {
        json.text("note", text);
    }
}
