package org.bpfgate.policy.ipe.internal.store;

import java.util.function.Supplier;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.audit.ConfigChangeRecord;
import org.bpfgate.policy.ipe.internal.audit.Login;
import org.bpfgate.policy.ipe.internal.audit.PolicyLoadRecord;
import org.jspecify.annotations.Nullable;

/** Records what happens to the policies of one module. */
public final class PolicyAudit {
    private final Supplier<@Nullable AuditSink> sink;
    private final String lsm;

    /**
     * Makes an auditor.
     *
     * @param sink gives the place for records; null when there is none at the moment
     * @param lsm the name of the module
     */
    public PolicyAudit(Supplier<@Nullable AuditSink> sink, String lsm) {
        this.sink = sink;
        this.lsm = lsm;
    }

    /** A policy was loaded or updated. */
    void loaded(Entry entry) {
        record(PolicyLoadRecord.loaded(entry.facts(), Login.current(), lsm));
    }

    /** A policy was not loaded or not updated. */
    void refused(PolicyException why) {
        record(PolicyLoadRecord.refused(why.errno(), String.valueOf(why.getMessage()), Login.current(), lsm));
    }

    /** Another policy decides, or another version of it; there may have been none before. */
    void switched(@Nullable Entry before, Entry after) {
        record(new ConfigChangeRecord(before == null ? null : before.facts(), after.facts(), Login.current(), lsm));
    }

    private void record(AuditRecord record) {
        AuditSink to = sink.get();
        if (to != null) {
            to.record(record);
        }
    }
}
