package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.framework.internal.stack.Place;
import org.bpfgate.framework.internal.stack.RegisteredModule;
import org.bpfgate.hook.SecurityModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Carries every event of a {@link SecurityModule} service into the registry. A service that goes away is let go only when no
 * call can reach it any more; the framework tells so on the thread that stops its bundle, which therefore waits.
 */
public final class ModuleTracker extends ServiceTracker<SecurityModule, RegisteredModule> {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** A bundle registers its modules within milliseconds. */
    private static final Duration COMPANIONS_WITHIN = Duration.ofSeconds(1);

    private final HookRegistry registry;

    /** Lines about modules that wait for companions, as they were logged. */
    private final Set<String> waiting = new HashSet<>();

    private final QuiescenceWait drain;
    private final LiveObjects live;
    private final LaterWork later;
    private final SynchronousBundleListener uninstalls = this::uninstalled;

    public ModuleTracker(
            BundleContext context, HookRegistry registry, QuiescenceWait drain, LiveObjects live, LaterWork later) {
        super(context, SecurityModule.class, null);
        this.registry = registry;
        this.drain = drain;
        this.live = live;
        this.later = later;
    }

    @Override
    public void open() {
        context.addBundleListener(uninstalls);
        super.open();
    }

    @Override
    public void close() {
        context.removeBundleListener(uninstalls);
        super.close();
    }

    /** Returns null, which leaves the service untracked, for one that is gone already or cannot say who it is. */
    @Override
    public @Nullable RegisteredModule addingService(ServiceReference<SecurityModule> reference) {
        SecurityModule module = context.getService(reference);
        if (module == null) {
            return null;
        }
        try {
            RegisteredModule registered = new RegisteredModule(
                    module,
                    new ModuleRecord(module),
                    (Long) reference.getProperty(Constants.SERVICE_ID),
                    Place.of(reference),
                    origin(reference.getBundle()));
            registry.put(registered);
            lookLaterWhoWaits();
            return registered;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, () -> "a module of bundle " + reference.getBundle() + " is left out", e);
            context.ungetService(reference);
            return null;
        }
    }

    @Override
    public void modifiedService(ServiceReference<SecurityModule> reference, RegisteredModule registered) {
        registry.put(registered.at(Place.of(reference)));
        lookLaterWhoWaits();
    }

    @Override
    public void removedService(ServiceReference<SecurityModule> reference, RegisteredModule registered) {
        registry.remove(registered.serviceId(), Boolean.TRUE.equals(reference.getProperty(SecurityModule.RETIRED)));
        lookLaterWhoWaits();
        drain.await(registered.record(), registry.configuration().drainBudget());
        live.forget(registered.record());
        // Decisions that name this module outlive its bundle, so what they may be asked is found out now.
        String content = registered.origin().content().get();
        LOG.log(Level.DEBUG, () -> "module " + registered.lsm() + " of content " + content + " is gone");
        context.ungetService(reference);
    }

    private static RegisteredModule.Origin origin(Bundle bundle) {
        return new RegisteredModule.Origin(
                bundle.getBundleId(),
                name(bundle),
                bundle.getVersion().toString(),
                new ContentDigest(bundle.adapt(BundleWiring.class)));
    }

    /** A bundle of the oldest form has no symbolic name; its number is never used again. */
    public static String name(Bundle bundle) {
        String symbolicName = bundle.getSymbolicName();
        return symbolicName == null ? "number " + bundle.getBundleId() : symbolicName;
    }

    /** Frees the names of a bundle that is uninstalled, unless another version of it is still there. */
    private void uninstalled(BundleEvent event) {
        String gone = name(event.getBundle());
        if (event.getType() == BundleEvent.UNINSTALLED
                && Arrays.stream(context.getBundles())
                        .noneMatch(other -> name(other).equals(gone))) {
            registry.release(gone);
        }
    }

    /** Companions are registered, and go, one after the other: only one that stays away is worth a line. */
    private void lookLaterWhoWaits() {
        if (!registry.waiting().isEmpty()) {
            later.after(COMPANIONS_WITHIN, this::reportWhoWaits);
        }
    }

    private synchronized void reportWhoWaits() {
        List<String> lines = registry.isClosed() ? List.of() : registry.waiting();
        waiting.retainAll(lines);
        lines.stream().filter(waiting::add).forEach(line -> LOG.log(Level.WARNING, line));
    }
}
