package org.bpfgate.itests;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Hands settings to a bundle as Configuration Admin does, and returns when they hold. */
public final class Settings {
    private static final String FRAMEWORK = "org.bpfgate.framework";

    private Settings() {}

    public static void apply(BundleContext context, Map<String, Object> settings) throws Exception {
        update(context, FRAMEWORK, FrameworkUtil.asDictionary(settings));
    }

    /** Back to the framework properties. */
    public static void reset(BundleContext context) throws Exception {
        update(context, FRAMEWORK, null);
    }

    /** Gives the module {@code ipe} a policy. */
    static void policy(BundleContext context, Path file) throws Exception {
        update(context, "org.bpfgate.ipe", FrameworkUtil.asDictionary(Map.of("policy", file.toString())));
    }

    private static void update(BundleContext context, String pid, Dictionary<String, ?> settings) throws Exception {
        for (ServiceReference<ManagedService> found :
                context.getServiceReferences(ManagedService.class, "(service.pid=" + pid + ")")) {
            try {
                context.getService(found).updated(settings);
            } catch (ConfigurationException e) {
                throw new AssertionError(e.getReason(), e);
            }
        }
    }
}
