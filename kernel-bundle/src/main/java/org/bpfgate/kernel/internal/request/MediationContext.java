package org.bpfgate.kernel.internal.request;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.ProcessIds;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Native;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.stack.SecurityHooks;
import org.jspecify.annotations.Nullable;

/**
 * What the mediation of one command needs.
 *
 * @param machine the kernel and the C library
 * @param hooks decide
 * @param audit takes a record of each mediated command
 * @param permissive true when nothing is blocked or altered
 * @param memory bounds what the loads in flight take
 * @param probes the loads that are known to be feature probes
 * @param trials keeps programs that are only tried out of everybody's reach
 * @param deniedProbes remembers whose probes were denied
 * @param listener hears of each mediated command
 */
public record MediationContext(
        Native machine,
        SecurityHooks hooks,
        AuditSink audit,
        boolean permissive,
        MemoryBudget memory,
        FeatureProbes probes,
        TrialLock trials,
        DeniedProbes deniedProbes,
        MediationListener listener) {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    /**
     * Tells what became of a command.
     *
     * @param call with what it was asked
     * @param client who asked; null when it was gone before it could be looked at
     */
    public void tell(MediationRecord mediated, Notification call, @Nullable ClientProcess client) {
        if (audit.isOpen()) {
            audit.record(new BpfAuditRecord(mediated, call, ids(client)));
        }
        tell(() -> listener.mediated(mediated));
    }

    private static @Nullable ProcessIds ids(@Nullable ClientProcess client) {
        return client == null ? null : client.ids().orElse(null);
    }

    /**
     * Tells of a call that was refused without asking a module.
     *
     * @param call with what it was made
     * @param client who called; null when that was not looked up
     */
    public void tell(RefusedCall refused, Notification call, @Nullable ClientProcess client) {
        if (audit.isOpen()) {
            audit.record(new RefusedCallRecord(refused, call, ids(client)));
        }
        tell(() -> listener.refused(refused));
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "whoever listens to the mediation failed", e);
        }
    }
}
