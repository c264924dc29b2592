package org.bpfgate.policy.ipe.internal;

import java.util.Map;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedService;

/** Starts the bundle: takes its configuration, which brings the module into the stack as soon as it has a good policy. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IpeActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(
                ManagedService.class,
                new PolicyConfiguration(new ModuleOffer(context, new IpeModule())),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PolicyConfiguration.PID)));
    }

    /** Leaves nothing to do: the framework takes the services back, and the module keeps no resources. */
    @Override
    public void stop(BundleContext context) {}
}
