package org.bpfgate.policy.ipe.internal;

import java.util.Dictionary;
import java.util.Map;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.policy.PolicyTools;
import org.bpfgate.policy.ipe.internal.hook.IpeModule;
import org.bpfgate.policy.ipe.internal.service.CandidatePolicies;
import org.bpfgate.policy.ipe.internal.service.IpeRegistration;
import org.bpfgate.policy.ipe.internal.service.PolicyConfiguration;
import org.bpfgate.policy.ipe.internal.service.StackedPolicies;
import org.bpfgate.policy.ipe.internal.tools.IpePolicyTools;
import org.bpfgate.stack.CandidateModules;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Starts the bundle: takes its configurations, each of which brings a module into the stack as soon as it has a good policy.
 * The plain one is for the module {@code ipe}; those of the factory of the same PID are for further ones.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class IpeActivator implements BundleActivator {
    private @Nullable IpeRegistration ipe;
    private @Nullable StackedPolicies stacked;

    @Override
    public void start(BundleContext context) throws InvalidSyntaxException {
        Dictionary<String, Object> pid =
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, PolicyConfiguration.PID));
        ipe = new IpeRegistration(context, IpeModule.IPE);
        stacked = new StackedPolicies(context);
        PolicyConfiguration configuration = new PolicyConfiguration(context, ipe);
        retryWhenSignaturesAreJudgedAnew(context, configuration, stacked);
        context.registerService(ManagedService.class, configuration, pid);
        context.registerService(ManagedServiceFactory.class, stacked, pid);
        context.registerService(
                CandidateModules.class,
                new CandidatePolicies(configuration, ipe),
                FrameworkUtil.asDictionary(Map.of(CandidateModules.LSM, IpeModule.IPE.name())));
        context.registerService(PolicyTools.class, new IpePolicyTools(ipe.store()::signatures), null);
    }

    private static void retryWhenSignaturesAreJudgedAnew(
            BundleContext context, PolicyConfiguration ipe, StackedPolicies stacked) throws InvalidSyntaxException {
        context.addServiceListener(
                event -> {
                    if (event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED) {
                        ipe.retry();
                        stacked.retry();
                    }
                },
                "(" + Constants.OBJECTCLASS + "=" + SignedContentReader.class.getName() + ")");
    }

    /**
     * Takes the modules out of the stack while the bundle's context is still good: the framework would do so only after it,
     * and the loads that still use the modules write records through it.
     */
    @Override
    public void stop(BundleContext context) {
        if (ipe != null) {
            ipe.withdraw();
        }
        if (stacked != null) {
            stacked.withdrawAll();
        }
    }
}
