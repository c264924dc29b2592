package org.bpfgate.integrity.hash.internal;

import java.util.List;
import java.util.Map;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.integrity.SignedContentReader;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;

/**
 * Starts the verifier {@code allowlist}, and offers its configuration under the PID {@value #PID}, see
 * {@link AllowlistConfiguration}. The module's service has the property {@value #LISTS}, a text for each list in use, and, when lists
 * that changed on disk cannot be used, the property {@value #PROBLEM}, a text for each of those.
 *
 * <p>Where there is a Configuration Admin, the module joins the stack with its first good configuration: without its lists it would
 * let pass what they revoke. A stack that requires it holds loads until then, also while this bundle is updated. Without one it joins
 * at once and without lists.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class AllowlistActivator implements BundleActivator {
    /** The {@code service.pid} of the configuration. */
    static final String PID = "org.bpfgate.allowlist";

    /** The service property that holds which lists are in use and where they come from, a {@code String[]}. */
    static final String LISTS = "bpfgate.lists";

    /** The service property that holds why files on disk are not the lists in use, a {@code String[]}; missing when they are. */
    static final String PROBLEM = "bpfgate.problem";

    /** Named, not imported: a framework may do without it. */
    private static final String CONFIGURATION_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

    private @Nullable ListWatch watch;
    private @Nullable ModuleOffer offer;

    @Override
    public void start(BundleContext context) {
        AllowlistModule module = new AllowlistModule();
        ModuleOffer offer = new ModuleOffer(context, module);
        ListLoader loader = new ListLoader(() -> service(context, SignedContentReader.class));
        ListJournal journal = new ListJournal(() -> service(context, AuditSink.class), offer);
        ListsInUse lists = new ListsInUse(module::use, loader, journal);
        if (context.getServiceReference(CONFIGURATION_ADMIN) == null) {
            offer.set(List.of(), List.of());
        }
        context.registerService(
                ManagedService.class,
                new AllowlistConfiguration(lists),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID)));
        context.registerService(AllowlistCompiler.class, new ListCompiler(loader), null);
        watch = new ListWatch(lists);
        this.offer = offer;
    }

    private static <S> @Nullable S service(BundleContext context, Class<S> type) {
        ServiceReference<S> found = context.getServiceReference(type);
        return found == null ? null : context.getService(found);
    }

    /** Ends the watch and takes the module away; the OSGi framework unregisters the other services of a bundle that stops. */
    @Override
    public void stop(BundleContext context) throws InterruptedException {
        if (watch != null) {
            watch.stop();
        }
        if (offer != null) {
            offer.withdraw();
        }
    }
}
