package org.bpfgate.shell.internal;

import java.util.Map;
import org.bpfgate.control.CommandShell;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Offers the shell. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ShellActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(CommandShell.class, new GogoShell(context), FrameworkUtil.asDictionary(Map.of()));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }
}
