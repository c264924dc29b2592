package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.hook.SecurityModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Carries every event of a {@link SecurityModule} service into the registry. */
final class ModuleTracker extends ServiceTracker<SecurityModule, RegisteredModule> {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final HookRegistry registry;

    ModuleTracker(BundleContext context, HookRegistry registry) {
        super(context, SecurityModule.class, null);
        this.registry = registry;
    }

    /** Returns null, which leaves the service untracked, for one that is gone already or cannot say who it is. */
    @Override
    public @Nullable RegisteredModule addingService(ServiceReference<SecurityModule> reference) {
        SecurityModule module = context.getService(reference);
        if (module == null) {
            return null;
        }
        try {
            RegisteredModule registered = describe(reference, module);
            registry.put(registered);
            return registered;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> "a module of bundle " + reference.getBundle() + " is left out", e);
            context.ungetService(reference);
            return null;
        }
    }

    @Override
    public void modifiedService(ServiceReference<SecurityModule> reference, RegisteredModule registered) {
        registry.put(describe(reference, registered.module()));
    }

    @Override
    public void removedService(ServiceReference<SecurityModule> reference, RegisteredModule registered) {
        registry.remove(registered.serviceId());
        context.ungetService(reference);
    }

    private static RegisteredModule describe(ServiceReference<SecurityModule> reference, SecurityModule module) {
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        return new RegisteredModule(
                module,
                module.lsmId(),
                (Long) reference.getProperty(Constants.SERVICE_ID),
                ranking instanceof Integer number ? number : 0,
                reference.getBundle().getSymbolicName(),
                reference.getBundle().getVersion().toString());
    }
}
