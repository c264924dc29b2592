package org.bpfgate.framework.internal.call;

import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.jspecify.annotations.Nullable;

/** The way of one call that decides on something else than a load. */
public final class AuditedCall extends HookCall {
    private final String hook;
    private final DenialAudit audit;

    /**
     * Makes the call.
     *
     * @param hook what is asked, by the kernel's name of the hook
     */
    public AuditedCall(String hook, DenialAudit audit) {
        this.hook = hook;
        this.audit = audit;
    }

    @Override
    void denied(HookResult denial, @Nullable LsmId by) {
        audit.denied(hook, null, denial, by);
    }
}
