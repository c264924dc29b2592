package org.bpfgate.hook.internal;

import org.bpfgate.hook.SecurityHooks;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Starts the framework bundle: follows the security modules in the service registry and offers the entry points. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class FrameworkActivator implements BundleActivator {
    private ModuleTracker tracker;

    @Override
    public void start(BundleContext context) {
        HookRegistry registry = new HookRegistry();
        tracker = new ModuleTracker(context, registry);
        tracker.open();
        context.registerService(SecurityHooks.class, registry, null);
    }

    @Override
    public void stop(BundleContext context) {
        tracker.close();
    }
}
