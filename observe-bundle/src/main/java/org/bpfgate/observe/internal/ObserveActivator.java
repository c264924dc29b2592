package org.bpfgate.observe.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.felix.hc.api.HealthCheck;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.observe.internal.decisions.DecisionLog;
import org.bpfgate.observe.internal.decisions.DecisionsVerb;
import org.bpfgate.observe.internal.health.GateHealth;
import org.bpfgate.observe.internal.metrics.GateMetrics;
import org.bpfgate.observe.internal.metrics.MetricsVerb;
import org.bpfgate.stack.SecurityHooks;
import org.bpfgate.stack.StackAdmin;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Observes for as long as the framework's {@link SecurityHooks} are there. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ObserveActivator implements BundleActivator {
    private ServiceTracker<SecurityHooks, List<AutoCloseable>> hooks;

    @Override
    public void start(BundleContext context) {
        hooks = new ServiceTracker<>(context, SecurityHooks.class, new Observation(context));
        hooks.open();
    }

    @Override
    public void stop(BundleContext context) {
        hooks.close();
    }

    private record Observation(BundleContext context)
            implements ServiceTrackerCustomizer<SecurityHooks, List<AutoCloseable>> {
        @Override
        public List<AutoCloseable> addingService(ServiceReference<SecurityHooks> reference) {
            GateMetrics metrics =
                    new GateMetrics(context.getService(reference), earlier(StackAdmin.class), earlier(AuditSink.class));
            DecisionLog decisions = new DecisionLog();
            MetricsPort port = new MetricsPort(context, metrics.registry());
            List<AutoCloseable> parts = new ArrayList<>();
            parts.add(port);
            offer(parts, MediationListener.class, metrics, Map.of());
            offer(parts, MediationListener.class, decisions, Map.of());
            offer(parts, ManagedService.class, port, Map.of(Constants.SERVICE_PID, MetricsPort.PID));
            offer(parts, ControlVerb.class, new MetricsVerb(metrics.registry()), Map.of(ControlVerb.NAME, "metrics"));
            new GateHealth(context, context.getService(reference), earlier(StackAdmin.class), earlier(AuditSink.class))
                    .checks()
                    .forEach((name, check) -> offer(
                            parts,
                            HealthCheck.class,
                            check,
                            Map.of(HealthCheck.NAME, name, HealthCheck.TAGS, new String[] {"bpfgate"})));
            offer(
                    parts,
                    ControlVerb.class,
                    new DecisionsVerb(decisions),
                    Map.of(ControlVerb.NAME, "decisions", ControlVerb.TIMEOUT, 0));
            return parts;
        }

        private <S> void offer(List<AutoCloseable> parts, Class<S> type, S service, Map<String, ?> properties) {
            parts.add(context.registerService(type, service, FrameworkUtil.asDictionary(properties))::unregister);
        }

        /** The framework registers it before its hooks. */
        private <S> S earlier(Class<S> type) {
            return context.getService(
                    Objects.requireNonNull(context.getServiceReference(type), "no " + type.getSimpleName()));
        }

        @Override
        public void modifiedService(ServiceReference<SecurityHooks> reference, List<AutoCloseable> parts) {
            // Its properties do not matter.
        }

        @Override
        public void removedService(ServiceReference<SecurityHooks> reference, List<AutoCloseable> parts) {
            for (AutoCloseable part : parts.reversed()) {
                try {
                    part.close();
                } catch (Exception e) {
                    throw new IllegalStateException("the observation did not end in order", e);
                }
            }
            context.ungetService(reference);
        }
    }
}
