package org.bpfgate.serve.internal.socket;

import java.util.Map;
import java.util.TreeMap;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlVerb;
import org.bpfgate.serve.internal.socket.VerbCaller.FoundVerb;
import org.bpfgate.settings.NearestWord;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Finds verbs among the services of all bundles. Safe for use by several threads. */
public final class VerbServices implements VerbCaller.Verbs, AutoCloseable {
    private static final long DEFAULT_TIMEOUT = 30_000;

    private final ServiceTracker<ControlVerb, ControlVerb> services;

    /** Follows the services from now on. */
    public VerbServices(BundleContext context) {
        services = new ServiceTracker<>(context, ControlVerb.class, null);
        services.open();
    }

    @Override
    public FoundVerb find(String name) throws ControlException {
        Map<String, ServiceReference<ControlVerb>> all = new TreeMap<>();
        services.getTracked().keySet().stream().sorted().forEach(reference -> {
            if (reference.getProperty(ControlVerb.NAME) instanceof String offered) {
                all.put(offered, reference);
            }
        });
        ServiceReference<ControlVerb> reference = all.get(name);
        ControlVerb verb = reference == null ? null : services.getService(reference);
        if (reference == null || verb == null) {
            String near = NearestWord.of(name, all.keySet())
                    .map(word -> "; did you mean " + word + "?")
                    .orElse("");
            throw new ControlException(Kind.USAGE, "this gate has no verb " + name + near);
        }
        return new FoundVerb(
                verb,
                Boolean.TRUE.equals(reference.getProperty(ControlVerb.CHANGES)),
                reference.getProperty(ControlVerb.TIMEOUT) instanceof Number millis
                        ? millis.longValue()
                        : DEFAULT_TIMEOUT);
    }

    @Override
    public void close() {
        services.close();
    }
}
