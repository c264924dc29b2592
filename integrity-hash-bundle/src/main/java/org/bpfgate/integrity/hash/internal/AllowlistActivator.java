package org.bpfgate.integrity.hash.internal;

import java.util.Dictionary;
import java.util.Map;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.integrity.SignedContentReader;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;

/**
 * Starts the verifier {@code allowlist} without lists, and offers its configuration under the PID {@value #PID}, see
 * {@link AllowlistConfiguration}. When lists that changed on disk cannot be used, the module's service has the property
 * {@value #PROBLEM}, and a warning is logged.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class AllowlistActivator implements BundleActivator {
    /** The {@code service.pid} of the configuration. */
    static final String PID = "org.bpfgate.allowlist";

    /** The service property that holds why the files on disk are not the lists in use. */
    static final String PROBLEM = "bpfgate.problem";

    /** After the verifiers of signatures, so that reports begin with who signed. */
    private static final int RANKING = 200;

    private @Nullable ListWatch watch;

    @Override
    public void start(BundleContext context) {
        AllowlistModule module = new AllowlistModule();
        ServiceRegistration<SecurityModule> registration =
                context.registerService(SecurityModule.class, module, properties(null));
        ListLoader loader = new ListLoader(() -> reader(context));
        ListsInUse lists = new ListsInUse(module, loader, fault -> report(registration, fault));
        context.registerService(
                ManagedService.class,
                new AllowlistConfiguration(lists),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID)));
        context.registerService(AllowlistCompiler.class, new ListCompiler(loader), null);
        watch = new ListWatch(lists);
    }

    /** An operator reads the log; the property is for programs. */
    private static void report(ServiceRegistration<SecurityModule> registration, @Nullable String fault) {
        registration.setProperties(properties(fault));
        if (fault != null) {
            System.getLogger(PID).log(System.Logger.Level.WARNING, fault + "; the lists stay as they were");
        }
    }

    private static Dictionary<String, ?> properties(@Nullable String fault) {
        return FrameworkUtil.asDictionary(
                fault == null
                        ? Map.of(Constants.SERVICE_RANKING, RANKING)
                        : Map.of(Constants.SERVICE_RANKING, RANKING, PROBLEM, fault));
    }

    private static @Nullable SignedContentReader reader(BundleContext context) {
        ServiceReference<SignedContentReader> found = context.getServiceReference(SignedContentReader.class);
        return found == null ? null : context.getService(found);
    }

    /** Ends the watch; the OSGi framework unregisters the services of a bundle that stops. */
    @Override
    public void stop(BundleContext context) throws InterruptedException {
        if (watch != null) {
            watch.stop();
        }
    }
}
