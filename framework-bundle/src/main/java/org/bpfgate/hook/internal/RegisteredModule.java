package org.bpfgate.hook.internal;

import java.util.Comparator;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.hook.SecurityModule;

/**
 * A module together with what the service registry says of it at one moment.
 *
 * @param module the service object
 * @param lsm its identity, asked once
 * @param serviceId the service id, unique and growing
 * @param ranking the service ranking
 * @param bundle the symbolic name of the registering bundle
 * @param version the version of that bundle
 */
record RegisteredModule(SecurityModule module, LsmId lsm, long serviceId, int ranking, String bundle, String version) {
    /** The LSM order: highest ranking first, then lowest service id, as for OSGi services. */
    static final Comparator<RegisteredModule> LSM_ORDER = Comparator.comparingInt(RegisteredModule::ranking)
            .reversed()
            .thenComparingLong(RegisteredModule::serviceId);

    ModuleStack.Entry entry() {
        return new ModuleStack.Entry(lsm, ranking, bundle, version);
    }
}
