package org.bpfgate.serve.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Hands what is mediated on to the {@link MediationListener} services that there are then. One that throws does not keep it from the others. */
final class MediationListeners implements MediationListener, AutoCloseable {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");
    private static final MediationListener[] NONE = {};

    private final ServiceTracker<MediationListener, MediationListener> services;

    MediationListeners(BundleContext context) {
        services = new ServiceTracker<>(context, MediationListener.class, null);
        services.open();
    }

    @Override
    public void mediated(MediationRecord mediated) {
        each(listener -> listener.mediated(mediated));
    }

    @Override
    public void refused(RefusedCall refused) {
        each(listener -> listener.refused(refused));
    }

    private void each(Consumer<MediationListener> call) {
        for (MediationListener listener : services.getServices(NONE)) {
            try {
                call.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.WARNING, "a listener of mediated commands failed", e);
            }
        }
    }

    @Override
    public void close() {
        services.close();
    }
}
