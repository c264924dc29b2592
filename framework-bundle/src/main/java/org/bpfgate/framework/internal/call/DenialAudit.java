package org.bpfgate.framework.internal.call;

import org.bpfgate.audit.AuditSink;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** Records the denials that the framework itself makes; those of modules are theirs to record. */
public final class DenialAudit {
    private final AuditSink sink;

    public DenialAudit(AuditSink sink) {
        this.sink = sink;
    }

    /**
     * Records a denial. Makes no record while nobody keeps any.
     *
     * @param hook what was asked, by the kernel's name of the hook
     * @param load the load, when it was one
     * @param denial the result
     * @param by the module at fault, if there is one
     */
    void denied(String hook, @Nullable ProgramLoad load, HookResult denial, @Nullable LsmId by) {
        if (sink.isOpen()) {
            sink.record(DenialRecord.of(hook, load, denial, by));
        }
    }
}
