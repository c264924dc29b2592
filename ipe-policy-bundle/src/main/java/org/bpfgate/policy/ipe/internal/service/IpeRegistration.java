package org.bpfgate.policy.ipe.internal.service;

import java.util.Map;
import java.util.Objects;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.hook.LsmId;
import org.bpfgate.policy.ipe.internal.hook.AccessAudit;
import org.bpfgate.policy.ipe.internal.hook.ActivePolicy;
import org.bpfgate.policy.ipe.internal.hook.EnforcementSettings;
import org.bpfgate.policy.ipe.internal.hook.IpeModule;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.settings.ModuleRegistration;
import org.bpfgate.settings.SettingException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Registers one policy module in the stack as soon as it has a good policy: a module in the stack is ready. While a stack
 * requires it, loads before that moment are held instead of refused by a module that has nothing to decide by. Safe for use
 * by several threads.
 */
public final class IpeRegistration {
    /** Behind the verifiers that ship, which only matters for people who read the order: phases keep them apart. */
    static final int RANKING = 100;

    private final BundleContext context;
    private final IpeModule module;
    private final AccessAudit audit = new AccessAudit(this::auditSink);
    private final PolicyStoreService store;
    private final ModuleRegistration registration;
    private int ranking = RANKING;

    /** What several changes come to that are made in one write; null while there is no such change under way. */
    private @Nullable ActivePolicy planned;

    /** Prepares the registration. The module is not in the stack yet. */
    public IpeRegistration(BundleContext context, LsmId id) {
        this.context = context;
        module = new IpeModule(id, audit);
        registration = new ModuleRegistration(context, RANKING, module);
        store = new PolicyStoreService(context, this);
    }

    /** Returns the service that stores the policies of this module. */
    public PolicyStoreService store() {
        return store;
    }

    /** Returns an instance of the module that is in no stack, with another policy and the same enforcement. */
    IpeModule another(Policy policy) {
        IpeModule other = new IpeModule(module.lsmId(), audit);
        other.follow(module.active().with(policy));
        return other;
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

    /** Returns whether the module is in the stack. */
    boolean isRegistered() {
        return registration.isReady();
    }

    /** Returns whether the module has a policy to decide by. */
    boolean hasPolicy() {
        return module.active().policy() != null;
    }

    /** Returns why the module denies while it has no policy. */
    String reasonWithoutPolicy() {
        return module.active().withoutPolicy().reason();
    }

    /** Changes that take effect together. */
    interface Change {
        /** Makes the changes. */
        void make() throws SettingException;
    }

    /**
     * Makes several changes in one write: a load meets none of them or all. When one cannot be made, none is.
     *
     * @param newRanking the place of the module in the stack
     */
    synchronized void together(int newRanking, Change change) throws SettingException {
        ActivePolicy before = module.active();
        planned = before;
        ActivePolicy after;
        try {
            change.make();
            after = Objects.requireNonNull(planned);
        } finally {
            planned = null;
        }
        ranking = newRanking;
        if (after.policy() != null || after.withoutPolicy() != before.withoutPolicy() || registration.isReady()) {
            register(after);
        } else {
            module.follow(after);
        }
        if (before.enforcement().enforcing() != after.enforcement().enforcing()) {
            audit.switched(after.enforcement().enforcing(), lsm());
        }
    }

    private ActivePolicy active() {
        ActivePolicy next = planned;
        return next == null ? module.active() : next;
    }

    /** Makes a policy the one that decides on all loads that begin afterwards, and registers the module if it is not yet. */
    synchronized void activate(Policy policy) {
        follow(active().with(policy));
    }

    /** Denies every load from now on, with a reason, and registers the module if it is not yet. */
    synchronized void refuse(String reason, String fix) {
        follow(active().without(reason, fix));
    }

    /** Changes the enforcement settings, as one of several changes; a change of enforcement is recorded. */
    synchronized void turn(EnforcementSettings enforcement) {
        planned = active().with(enforcement);
    }

    private void follow(ActivePolicy next) {
        if (planned != null) {
            planned = next;
        } else {
            register(next);
        }
    }

    private void register(ActivePolicy next) {
        module.follow(next);
        registration.ready(ranking, Map.of());
    }

    /**
     * Takes the policy away. A registered module stays so and denies every load from now on: a stack that does not
     * require it would otherwise let everything in.
     */
    synchronized void deactivate() {
        ActivePolicy next = active().with((Policy) null);
        if (planned != null) {
            planned = next;
        } else {
            module.follow(next);
        }
    }

    /** Takes the module itself away, if it is registered: the bundle stops. Returns when no load uses it any more. */
    public synchronized void withdraw() {
        store.drop();
        registration.close();
    }

    /** Takes the module away because nobody wants it any more. Returns when no load uses it any more. */
    synchronized void retire() {
        store.drop();
        registration.retire();
        registration.close();
    }
}
