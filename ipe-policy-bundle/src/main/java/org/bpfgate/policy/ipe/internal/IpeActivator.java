package org.bpfgate.policy.ipe.internal;

import java.util.Dictionary;
import java.util.Map;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Starts the bundle: takes its configurations, each of which brings a module into the stack as soon as it has a good policy.
 * The plain one is for the module {@code ipe}; those of the factory of the same PID are for further ones.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IpeActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        ModuleOffer ipe = new ModuleOffer(context, IpeModule.IPE);
        Dictionary<String, Object> pid =
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PolicyConfiguration.PID));
        context.registerService(ManagedService.class, new PolicyConfiguration(ipe), pid);
        context.registerService(ManagedServiceFactory.class, new StackedPolicies(context), pid);
    }

    /** Leaves nothing to do: the framework takes the services back, and the module keeps no resources. */
    @Override
    public void stop(BundleContext context) {}
}
