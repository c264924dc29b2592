package org.bpfgate.integrity.hash.internal;

import java.util.Map;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.integrity.hash.internal.compile.AllowlistCompilerService;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;
import org.bpfgate.integrity.hash.internal.reload.AllowlistJournal;
import org.bpfgate.integrity.hash.internal.reload.AllowlistManager;
import org.bpfgate.integrity.hash.internal.reload.AllowlistWatcher;
import org.bpfgate.settings.ProblemReport;
import org.bpfgate.stack.CandidateModules;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;

/**
 * Starts the verifier {@code allowlist}, and offers its configuration under the PID {@value #PID}, see
 * {@link AllowlistConfiguration}. The module's service has the property {@value #LISTS}, a text for each list in use, and, when lists
 * that changed on disk cannot be used, the property {@value #PROBLEM}, a text for each of those.
 *
 * <p>The module joins the stack with its first good configuration: without its lists it would let pass what they revoke. A stack that
 * requires it holds loads until then, also while this bundle is updated. Signed lists that were refused are read again when the
 * verifier of signed texts comes or gets other keyrings, so the order in which bundles start does not matter.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class AllowlistActivator implements BundleActivator {
    /** The {@code service.pid} of the configuration. */
    static final String PID = AllowlistModule.PID;

    /** The service property that holds which lists are in use and where they come from, a {@code String[]}. */
    static final String LISTS = "bpfgate.lists";

    /** The service property that holds why files on disk are not the lists in use, a {@code String[]}; missing when they are. */
    static final String PROBLEM = ProblemReport.PROBLEM;

    /** The service property that holds what to know about lists that can be used, a {@code String[]}; missing when there is nothing. */
    static final String WARNING = "bpfgate.warning";

    private static final String SIGNATURES =
            "(" + Constants.OBJECTCLASS + "=" + SignedContentReader.class.getName() + ")";

    private @Nullable AllowlistWatcher watch;
    private @Nullable AllowlistRegistration registration;

    @Override
    public void start(BundleContext context) throws InvalidSyntaxException {
        AllowlistModule module = new AllowlistModule();
        AllowlistRegistration registration = new AllowlistRegistration(context, module);
        AllowlistLoader loader = new AllowlistLoader(() -> service(context, SignedContentReader.class));
        AllowlistJournal journal = new AllowlistJournal(() -> service(context, AuditSink.class), registration);
        CandidateRevocations revocations = new CandidateRevocations();
        AllowlistManager lists = new AllowlistManager(
                set -> {
                    module.use(set);
                    revocations.inForce(set);
                },
                loader,
                journal);
        AllowlistConfiguration configuration = new AllowlistConfiguration(context, lists, registration);
        context.addServiceListener(event -> retry(event, configuration), SIGNATURES);
        context.registerService(
                ManagedService.class, configuration, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PID)));
        context.registerService(
                CandidateModules.class,
                new CandidateLists(configuration, lists, loader, revocations),
                FrameworkUtil.asDictionary(
                        Map.of(CandidateModules.LSM, module.lsmId().name())));
        context.registerService(AllowlistCompiler.class, new AllowlistCompilerService(loader), null);
        watch = new AllowlistWatcher(lists);
        this.registration = registration;
    }

    private static void retry(ServiceEvent event, AllowlistConfiguration configuration) {
        if (event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED) {
            configuration.retry();
        }
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
        if (registration != null) {
            registration.close();
        }
    }
}
