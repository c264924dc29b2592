package org.bpfgate.serve.internal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.bpfgate.control.Daemon;
import org.bpfgate.serve.internal.lifecycle.Directories;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Offers the {@link Daemon}. What it needs of other bundles it finds when it runs, since these may start later. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ServeActivator implements BundleActivator {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    @Override
    public void start(BundleContext context) {
        String root = context.getProperty("bpfgate.root");
        Directories directories = new Directories(Path.of(root == null || root.isEmpty() ? "/" : root));
        try {
            // Before File Install starts and looks into them.
            directories.make();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the gate will tell it when it runs", e);
        }
        context.registerService(Daemon.class, new GateDaemon(context, directories), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service. The gate ends with the thread that runs it.
    }
}
