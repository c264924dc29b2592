package org.bpfgate.framework.internal.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.audit.JsonMembers;

/** An audit sink that keeps what it gets, as its number and its JSON. */
final class KeptRecords implements AuditSink {
    final List<String> records = new CopyOnWriteArrayList<>();

    @Override
    public boolean record(AuditRecord record) {
        return records.add(record.type().number() + JsonMembers.object(record::describe));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public boolean flush(Duration longest) {
        return true;
    }
}
