package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.hook.SecurityModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Carries every event of a {@link SecurityModule} service into the registry. A service that goes away is let go only when no
 * call can reach it any more; the framework tells so on the thread that stops its bundle, which therefore waits.
 */
final class ModuleTracker extends ServiceTracker<SecurityModule, RegisteredModule> {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final HookRegistry registry;
    private final Drain drain;
    private final LiveObjects live;

    ModuleTracker(BundleContext context, HookRegistry registry, Drain drain, LiveObjects live) {
        super(context, SecurityModule.class, null);
        this.registry = registry;
        this.drain = drain;
        this.live = live;
    }

    /** Returns null, which leaves the service untracked, for one that is gone already or cannot say who it is. */
    @Override
    public @Nullable RegisteredModule addingService(ServiceReference<SecurityModule> reference) {
        SecurityModule module = context.getService(reference);
        if (module == null) {
            return null;
        }
        try {
            RegisteredModule registered = new RegisteredModule(
                    module,
                    new ModuleRecord(module),
                    (Long) reference.getProperty(Constants.SERVICE_ID),
                    Place.of(reference),
                    origin(reference.getBundle()));
            registry.put(registered);
            return registered;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, () -> "a module of bundle " + reference.getBundle() + " is left out", e);
            context.ungetService(reference);
            return null;
        }
    }

    @Override
    public void modifiedService(ServiceReference<SecurityModule> reference, RegisteredModule registered) {
        registry.put(registered.at(Place.of(reference)));
    }

    @Override
    public void removedService(ServiceReference<SecurityModule> reference, RegisteredModule registered) {
        registry.remove(registered.serviceId(), Boolean.TRUE.equals(reference.getProperty(SecurityModule.RETIRED)));
        drain.await(registered.record(), registry.configuration().drainBudget());
        live.forget(registered.record());
        // Decisions that name this module outlive its bundle, so what they may be asked is found out now.
        String content = registered.origin().content().get();
        LOG.log(Level.DEBUG, () -> "module " + registered.lsm() + " of content " + content + " is gone");
        context.ungetService(reference);
    }

    private static RegisteredModule.Origin origin(Bundle bundle) {
        return new RegisteredModule.Origin(
                bundle.getBundleId(),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                new ContentDigest(bundle.adapt(BundleWiring.class)));
    }
}
