package org.bpfgate.command.internal;

import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * Offers the command line as a service: a {@code ToIntFunction<String[]>} with the property {@code bpfgate.command}, from
 * arguments to exit code. A type of the JDK, so that the launcher outside the framework can call it.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class CommandActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        ToIntFunction<String[]> commandLine = arguments -> BpfgateCommand.run(context, arguments);
        context.registerService(
                ToIntFunction.class, commandLine, FrameworkUtil.asDictionary(Map.of("bpfgate.command", true)));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }
}
