package org.bpfgate.integrity.hash.internal;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.hook.SecurityModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Offers the module to the framework, with what there is to know about its lists as service properties. Safe for use by several threads. */
final class ModuleOffer implements ListJournal.ListProperties {
    /** After the verifiers of signatures, so that reports begin with who signed. */
    private static final int RANKING = 200;

    private final BundleContext context;
    private final SecurityModule module;
    private @Nullable ServiceRegistration<SecurityModule> registration;
    private boolean over;

    /** Makes an offer that nobody sees yet. */
    ModuleOffer(BundleContext context, SecurityModule module) {
        this.context = context;
        this.module = module;
    }

    /** Sets the properties, and offers the module if it is not yet. */
    @Override
    public synchronized void set(List<String> lists, List<String> problems) {
        if (over) {
            return;
        }
        if (registration == null) {
            registration = context.registerService(SecurityModule.class, module, properties(lists, problems));
        } else {
            registration.setProperties(properties(lists, problems));
        }
    }

    private static Dictionary<String, ?> properties(List<String> lists, List<String> problems) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.SERVICE_RANKING, RANKING);
        properties.put(AllowlistActivator.LISTS, lists.toArray(String[]::new));
        if (!problems.isEmpty()) {
            properties.put(AllowlistActivator.PROBLEM, problems.toArray(String[]::new));
        }
        return FrameworkUtil.asDictionary(properties);
    }

    /** Takes the module away for good. Returns when no load uses it any more. */
    synchronized void withdraw() {
        over = true;
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
    }
}
