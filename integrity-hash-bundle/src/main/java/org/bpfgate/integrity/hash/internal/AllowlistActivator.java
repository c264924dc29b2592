package org.bpfgate.integrity.hash.internal;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.audit.AuditSink;
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
 * {@link AllowlistConfiguration}. The module's service has the property {@value #LISTS}, a text for each list in use, and, when lists
 * that changed on disk cannot be used, the property {@value #PROBLEM}, a text for each of those.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class AllowlistActivator implements BundleActivator {
    /** The {@code service.pid} of the configuration. */
    static final String PID = "org.bpfgate.allowlist";

    /** The service property that holds which lists are in use and where they come from, a {@code String[]}. */
    static final String LISTS = "bpfgate.lists";

    /** The service property that holds why files on disk are not the lists in use, a {@code String[]}; missing when they are. */
    static final String PROBLEM = "bpfgate.problem";

    /** After the verifiers of signatures, so that reports begin with who signed. */
    private static final int RANKING = 200;

    private @Nullable ListWatch watch;

    @Override
    public void start(BundleContext context) {
        AllowlistModule module = new AllowlistModule();
        ServiceRegistration<SecurityModule> registration =
                context.registerService(SecurityModule.class, module, properties(List.of(), List.of()));
        ListLoader loader = new ListLoader(() -> service(context, SignedContentReader.class));
        ListJournal journal = new ListJournal(
                () -> service(context, AuditSink.class),
                (inUse, problems) -> registration.setProperties(properties(inUse, problems)));
        ListsInUse lists = new ListsInUse(module::use, loader, journal);
        context.registerService(
                ManagedService.class,
                new AllowlistConfiguration(lists),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID)));
        context.registerService(AllowlistCompiler.class, new ListCompiler(loader), null);
        watch = new ListWatch(lists);
    }

    private static Dictionary<String, ?> properties(List<String> lists, List<String> problems) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.SERVICE_RANKING, RANKING);
        properties.put(LISTS, lists.toArray(String[]::new));
        if (!problems.isEmpty()) {
            properties.put(PROBLEM, problems.toArray(String[]::new));
        }
        return FrameworkUtil.asDictionary(properties);
    }

    private static <S> @Nullable S service(BundleContext context, Class<S> type) {
        ServiceReference<S> found = context.getServiceReference(type);
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
