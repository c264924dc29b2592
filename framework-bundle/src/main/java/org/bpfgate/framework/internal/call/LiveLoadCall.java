package org.bpfgate.framework.internal.call;

import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** The way of a load that somebody waits for. Its decision is recorded, and listeners hear of it. */
public final class LiveLoadCall extends LoadCall {
    private final DecisionListeners listeners;
    private final DenialAudit audit;

    public LiveLoadCall(ProgramLoad load, DecisionListeners listeners, DenialAudit audit) {
        super(load);
        this.listeners = listeners;
        this.audit = audit;
    }

    @Override
    void denied(HookResult denial, @Nullable LsmId by) {
        audit.denied("bpf_prog_load", load, denial, by);
    }

    @Override
    void ended(HookResult how, @Nullable LsmId by) {
        if (!listeners.isEmpty()) {
            listeners.decided(load, decision(how, by));
        }
    }
}
