package org.bpfgate.integrity.hash.internal;

import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedService;

/**
 * Starts the verifier {@code allowlist} without lists, and offers its configuration under the PID {@value #PID}: property
 * {@value AllowlistConfiguration#LISTS}, a {@code String[]} of paths.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class AllowlistActivator implements BundleActivator {
    /** The {@code service.pid} of the configuration. */
    static final String PID = "org.bpfgate.allowlist";

    /** After the verifiers of signatures, so that reports begin with who signed. */
    private static final int RANKING = 200;

    @Override
    public void start(BundleContext context) {
        AllowlistModule module = new AllowlistModule();
        context.registerService(
                SecurityModule.class, module, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        context.registerService(
                ManagedService.class,
                new AllowlistConfiguration(module),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID)));
    }

    /** Does nothing: the OSGi framework unregisters the services of a bundle that stops. */
    @Override
    public void stop(BundleContext context) {}
}
