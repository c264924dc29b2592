package org.bpfgate.kernel.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Objects;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.kernel.internal.local.KernelSockets;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.kernel.internal.session.KernelMediator;
import org.bpfgate.kernel.internal.session.SmallestLoad;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.mediation.KernelTrial;
import org.bpfgate.mediation.Mediator;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Registers the {@link Mediator} of this machine for as long as the framework's {@link SecurityHooks} are there; the trial load and the
 * local sockets always.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class KernelActivator implements BundleActivator {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private ServiceTracker<SecurityHooks, ServiceRegistration<Mediator>> hooks;
    private ServiceRegistration<ManagedService> settings;

    @Override
    public void start(BundleContext context) {
        Thread.ofPlatform().daemon().name("bpfgate-warm-up").start(KernelActivator::warmUp);
        KernelSettings kernel = new KernelSettings(context);
        context.registerService(KernelTrial.class, new SmallestLoad(), null);
        KernelSockets sockets = new KernelSockets();
        context.registerService(LocalSockets.class, sockets, null);
        settings = context.registerService(
                ManagedService.class,
                kernel,
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, KernelSettings.PID)));
        hooks = new ServiceTracker<>(context, SecurityHooks.class, new Offer(context, sockets, kernel));
        hooks.open();
    }

    /**
     * Reads the list of probes and links the C library while other bundles start and read their settings: a command needs both before
     * it starts, and they take a tenth of the time until then. A thread that needs them sooner does the same work; nothing waits for this.
     */
    private static void warmUp() {
        try {
            FeatureProbes.shipped();
            Machine.link().newSyscalls().gettid();
        } catch (RuntimeException | LinkageError e) {
            // A mediation reports the error.
            LOG.log(Level.DEBUG, "nothing was prepared", e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        hooks.close();
        settings.unregister();
    }

    private record Offer(BundleContext context, LocalSockets sockets, KernelSettings settings)
            implements ServiceTrackerCustomizer<SecurityHooks, ServiceRegistration<Mediator>> {
        @Override
        public ServiceRegistration<Mediator> addingService(ServiceReference<SecurityHooks> reference) {
            KernelMediator mediator =
                    new KernelMediator(context.getService(reference), audit(context), sockets, settings::probes);
            return context.registerService(Mediator.class, mediator, null);
        }

        /** The framework registers it before its hooks. */
        private static AuditSink audit(BundleContext context) {
            return context.getService(
                    Objects.requireNonNull(context.getServiceReference(AuditSink.class), "no audit sink"));
        }

        @Override
        public void modifiedService(ServiceReference<SecurityHooks> reference, ServiceRegistration<Mediator> offered) {
            // Its properties do not matter.
        }

        @Override
        public void removedService(ServiceReference<SecurityHooks> reference, ServiceRegistration<Mediator> offered) {
            offered.unregister();
            context.ungetService(reference);
        }
    }
}
