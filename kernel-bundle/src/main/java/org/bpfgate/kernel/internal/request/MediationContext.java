package org.bpfgate.kernel.internal.request;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.ProcessIds;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.stack.SecurityHooks;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of one command under the gate, or of one listener that was handed over, share.
 *
 * @param machine the kernel and the C library
 * @param hooks the decisions of the modules
 * @param audit the sink of the audit records
 * @param permissive true when nothing is blocked or altered
 * @param memory bounds the memory of the loads in flight
 * @param probes the known feature probes
 * @param trialLock keeps clients from finding programs of trials
 * @param deniedProbes the feature probes that were denied, by process
 * @param listener is notified of each mediated request
 */
public record MediationContext(
        Machine machine,
        SecurityHooks hooks,
        AuditSink audit,
        boolean permissive,
        MemoryBudget memory,
        FeatureProbes probes,
        TrialLock trialLock,
        DeniedProbes deniedProbes,
        MediationListener listener) {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    /** Returns the same for clients of which another listener hears. */
    public MediationContext with(MediationListener other) {
        return new MediationContext(
                machine, hooks, audit, permissive, memory, probes, trialLock, new DeniedProbes(), other);
    }

    /**
     * Records a mediated command, and notifies the listener.
     *
     * @param call the arguments of the system call
     * @param client the client; null when it was gone before it was identified
     */
    public void record(MediationRecord mediated, Notification call, @Nullable ClientProcess client) {
        if (audit.isOpen()) {
            audit.record(new BpfAuditRecord(mediated, call, ids(client)));
        }
        notifyListener(() -> listener.mediated(mediated));
    }

    private static @Nullable ProcessIds ids(@Nullable ClientProcess client) {
        return client == null ? null : client.ids().orElse(null);
    }

    /**
     * Records a call that was refused without asking a module, and notifies the listener.
     *
     * @param call the arguments of the system call
     * @param client the client; null when it was not identified
     */
    public void record(RefusedCall refused, Notification call, @Nullable ClientProcess client) {
        if (audit.isOpen()) {
            audit.record(new RefusedCallRecord(refused, call, ids(client)));
        }
        notifyListener(() -> listener.refused(refused));
    }

    private static void notifyListener(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a listener of the mediation failed", e);
        }
    }
}
