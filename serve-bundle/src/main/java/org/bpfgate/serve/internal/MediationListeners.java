package org.bpfgate.serve.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.serve.internal.restart.ListenerRegister;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Hands what is mediated on to the {@link MediationListener} services that there are then. One that throws does not keep it from the others. */
final class MediationListeners implements MediationListener, AutoCloseable {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");
    private static final MediationListener[] NONE = {};

    private final ListenerRegister register;
    private final ServiceTracker<MediationListener, MediationListener> services;

    /**
     * Begins to follow the services.
     *
     * @param register hears of listeners first, so that a service that throws or hangs keeps none from the next gate
     */
    MediationListeners(BundleContext context, ListenerRegister register) {
        this.register = register;
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

    @Override
    public void attached(AttachedListener attached, int descriptor) {
        register.attached(attached, descriptor);
        each(listener -> listener.attached(attached, descriptor));
    }

    @Override
    public void ended(AttachedListener attached) {
        register.ended(attached);
        each(listener -> listener.ended(attached));
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
