package org.bpfgate.framework.internal;

import org.bpfgate.framework.internal.call.DecisionListeners;
import org.bpfgate.stack.DecisionListener;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Carries the {@link DecisionListener} services into the list of those who hear of decisions. */
final class ListenerTracker extends ServiceTracker<DecisionListener, DecisionListener> {
    private final DecisionListeners listeners;

    ListenerTracker(BundleContext context, DecisionListeners listeners) {
        super(context, DecisionListener.class, null);
        this.listeners = listeners;
    }

    @Override
    public @Nullable DecisionListener addingService(ServiceReference<DecisionListener> reference) {
        DecisionListener listener = context.getService(reference);
        if (listener != null) {
            listeners.add(listener);
        }
        return listener;
    }

    @Override
    public void removedService(ServiceReference<DecisionListener> reference, DecisionListener listener) {
        listeners.remove(listener);
        context.ungetService(reference);
    }
}
