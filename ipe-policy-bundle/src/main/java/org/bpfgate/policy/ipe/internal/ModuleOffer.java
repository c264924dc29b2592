package org.bpfgate.policy.ipe.internal;

import java.util.Map;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.policy.ipe.eval.internal.Policy;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers one policy module to the framework, from its first good policy on: a module that is there is ready. While a stack
 * requires it, loads before that moment are held instead of refused by a module that has nothing to decide by. Safe for use
 * by several threads.
 */
final class ModuleOffer {
    /** Behind the verifiers that ship, which only matters for people who read the order: phases keep them apart. */
    private static final int RANKING = 100;

    private final BundleContext context;
    private final IpeModule module;
    private final AccessAudit audit = new AccessAudit(this::auditSink);
    private final PolicyKeeper keeper;
    private @Nullable ServiceRegistration<SecurityModule> registration;

    /** Makes an offer that nobody sees yet. */
    ModuleOffer(BundleContext context, LsmId id) {
        this.context = context;
        module = new IpeModule(id, audit);
        keeper = new PolicyKeeper(context, this);
    }

    /** Returns who keeps the policies of this module, when they are kept. */
    PolicyKeeper keeper() {
        return keeper;
    }

    /** Returns where records go; null while there is no such service. */
    @Nullable
    AuditSink auditSink() {
        ServiceReference<AuditSink> found = context.getServiceReference(AuditSink.class);
        return found == null ? null : context.getService(found);
    }

    /** Returns the name of the module. */
    String lsm() {
        return module.lsmId().name();
    }

    /** Makes a policy the one that decides on all loads that begin afterwards, and offers the module if it is not yet. */
    synchronized void activate(Policy policy) {
        follow(module.regime().with(policy));
    }

    /** Denies every load from now on, with a reason, and offers the module if it is not yet. */
    synchronized void refuse(String reason, String fix) {
        follow(module.regime().without(reason, fix));
    }

    /** Turns the switches; a change of enforcement is recorded. */
    synchronized void turn(Switches switches) {
        Switches before = module.regime().switches();
        module.follow(module.regime().with(switches));
        if (before.enforcing() != switches.enforcing()) {
            audit.switched(switches.enforcing(), lsm());
        }
    }

    private void follow(Regime next) {
        module.follow(next);
        if (registration == null) {
            registration = context.registerService(
                    SecurityModule.class,
                    module,
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        }
    }

    /**
     * Takes the policy away. A module that is offered stays so and denies every load from now on: a stack that does not
     * require it would otherwise let everything in.
     */
    synchronized void deactivate() {
        module.follow(module.regime().with((Policy) null));
    }

    /** Takes the module itself away, if it is offered. Returns when no load uses it any more. */
    synchronized void withdraw() {
        keeper.drop();
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
    }
}
