package org.bpfgate.benchmarks.module;

import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers one module under the name that the bundle's manifest gives it. */
public final class NoOpActivator implements BundleActivator {
    /** The manifest header with the name of the module. */
    static final String MODULE_NAME = "Benchmark-Module";

    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getHeaders().get(MODULE_NAME);
        context.registerService(SecurityModule.class, new NoOpModule(LsmId.named(name)), null);
    }

    /** The framework takes the service back. */
    @Override
    public void stop(BundleContext context) {}
}
