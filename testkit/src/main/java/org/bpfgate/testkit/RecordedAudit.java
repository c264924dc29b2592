package org.bpfgate.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.audit.JsonMembers;
import org.bpfgate.audit.KernelLine;

/** An audit sink that keeps what it gets, for a test to look at. Safe for use by several threads. */
public final class RecordedAudit implements AuditSink {
    private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;

    /** Makes one that keeps records. */
    public RecordedAudit() {}

    /** Sets whether anybody keeps records; what comes while nobody does is not kept. */
    public void setOpen(boolean keeps) {
        open = keeps;
    }

    /** Returns the records, in the order in which they came; a copy. */
    public List<AuditRecord> records() {
        return List.copyOf(records);
    }

    /** Returns the JSON object of each record, without the members that a sink writes. */
    public List<String> json() {
        return records.stream()
                .map(record -> JsonMembers.object(record::describe))
                .toList();
    }

    /** Returns what the kernel would write of each record; nothing for records that the kernel does not have. */
    public List<KernelLine> kernelLines() {
        return records.stream().flatMap(record -> record.kernelLines().stream()).toList();
    }

    @Override
    public boolean record(AuditRecord record) {
        return open && records.add(record);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Returns 0: nothing that is taken is lost. */
    @Override
    public long lost() {
        return 0;
    }

    /** Returns true at once: nothing is waiting. */
    @Override
    public boolean flush(Duration longest) {
        return true;
    }
}
