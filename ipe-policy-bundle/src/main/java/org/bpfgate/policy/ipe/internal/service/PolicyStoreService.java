package org.bpfgate.policy.ipe.internal.service;

import java.util.Map;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.store.PolicyAudit;
import org.bpfgate.policy.ipe.internal.store.PolicyReader;
import org.bpfgate.policy.ipe.internal.store.PolicyStore;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Stores the policies of one module in a directory, and registers the service that manages them. */
public final class PolicyStoreService {
    private final BundleContext context;
    private final IpeRegistration module;
    private @Nullable ServiceRegistration<PolicyAdmin> registration;
    private @Nullable PolicyStore store;

    PolicyStoreService(BundleContext context, IpeRegistration module) {
        this.context = context;
        this.module = module;
    }

    /**
     * Follows a directory from now on. Its active policy becomes the one that decides; if that cannot be had, every load is
     * denied with the reason, until another is activated.
     *
     * @throws PolicyException when the directory cannot be used, or, with {@code ENOPKG}, nobody verifies signed policies yet; then
     *     nothing changes
     */
    synchronized void follow(StateSettings settings) throws PolicyException {
        PolicyStore next = new PolicyStore(
                settings.directory(),
                new PolicyReader(this::signatures, settings.dialect()),
                settings.unsigned(),
                settings.boot(),
                module::activate,
                new PolicyAudit(module::auditSink, module.lsm()));
        next.check();
        takeUp(next, settings);
        drop();
        registration = context.registerService(
                PolicyAdmin.class, next, FrameworkUtil.asDictionary(Map.of(PolicyAdmin.LSM, module.lsm())));
        store = next;
    }

    /** Follows no directory any more; what decides stays. */
    synchronized void drop() {
        if (registration != null) {
            registration.unregister();
            registration = null;
            store = null;
        }
    }

    /** Returns whether a policy was ever activated in the directory, so that the boot policy does not decide by itself. */
    synchronized boolean isActivated() throws PolicyException {
        return store != null && store.isActivated();
    }

    private void takeUp(PolicyStore store, StateSettings settings) throws PolicyException {
        try {
            Policy active = store.active();
            if (active == null) {
                module.refuse("no policy is active in " + settings.directory(), "load a policy and activate it");
            } else {
                module.activate(active);
            }
        } catch (PolicyException e) {
            if (e.errno() == Errno.ENOPKG) {
                throw e;
            }
            module.refuse(
                    "the active policy in " + settings.directory() + " cannot be used: " + e.getMessage() + " ("
                            + e.errno() + ")",
                    "activate a policy that can be used");
        }
    }

    public @Nullable SignedContentReader signatures() {
        ServiceReference<SignedContentReader> found = context.getServiceReference(SignedContentReader.class);
        return found == null ? null : context.getService(found);
    }
}
