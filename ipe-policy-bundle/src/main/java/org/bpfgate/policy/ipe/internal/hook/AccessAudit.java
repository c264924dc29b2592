package org.bpfgate.policy.ipe.internal.hook;

import java.util.function.Supplier;
import org.bpfgate.audit.AuditClient;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.ipe.internal.audit.AccessEvent;
import org.bpfgate.policy.ipe.internal.audit.AccessRecord;
import org.bpfgate.policy.ipe.internal.audit.Login;
import org.bpfgate.policy.ipe.internal.audit.MacStatusRecord;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** Records the decisions of one module, and changes of its enforcement. Makes no record while no audit sink is open. */
public final class AccessAudit {
    /** The operation and the hook have one name in the kernel's records. */
    private static final String BPF_PROG_LOAD = "BPF_PROG_LOAD";

    private final Supplier<@Nullable AuditSink> sink;

    public AccessAudit(Supplier<@Nullable AuditSink> sink) {
        this.sink = sink;
    }

    /**
     * Records the decision on a load, by a line of the policy or because there is none: every denial, and allowances on request.
     *
     * @param result what the policy decides, whether denials count or not
     * @param enforcement whether denials count, and whether allowances are recorded
     */
    void decided(ProgramLoad load, HookResult result, EnforcementSettings enforcement) {
        if (result.isAllow() && !enforcement.successAudit()) {
            return;
        }
        AuditSink to = sink.get();
        if (to != null && to.isOpen()) {
            to.record(new AccessRecord(
                    event(load),
                    enforcement.enforcing() && load.isEnforced(),
                    result.isAllow(),
                    result.basis().orElse(null),
                    result.basis().isPresent() ? null : result.reason()));
        }
    }

    /** Denials count from now on, or do so no longer. */
    public void switched(boolean enforcing, String lsm) {
        AuditSink to = sink.get();
        if (to != null && to.isOpen()) {
            to.record(new MacStatusRecord(enforcing, Login.current(), lsm));
        }
    }

    private static AccessEvent event(ProgramLoad load) {
        LoadClient client = load.client().orElse(null);
        BpfProgram program = load.program();
        return new AccessEvent(
                BPF_PROG_LOAD,
                BPF_PROG_LOAD,
                client == null ? null : AuditClient.of(client),
                null,
                new AccessEvent.Program(program.name(), program.type().label()));
    }
}
