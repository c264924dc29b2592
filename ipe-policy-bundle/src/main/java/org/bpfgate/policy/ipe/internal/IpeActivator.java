package org.bpfgate.policy.ipe.internal;

import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedService;

/** Starts the bundle: offers the module and takes its configuration. Without one, the module denies every load. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IpeActivator implements BundleActivator {
    /** Behind the verifiers that ship, which only matters for people who read the order: phases keep them apart. */
    private static final int RANKING = 100;

    @Override
    public void start(BundleContext context) {
        IpeModule module = new IpeModule();
        context.registerService(
                SecurityModule.class, module, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        context.registerService(
                ManagedService.class,
                new PolicyConfiguration(module),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PolicyConfiguration.PID)));
    }

    /** Leaves nothing to do: the framework takes the services back, and the module keeps no resources. */
    @Override
    public void stop(BundleContext context) {}
}
