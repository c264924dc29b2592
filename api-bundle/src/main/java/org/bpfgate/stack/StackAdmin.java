package org.bpfgate.stack;

import java.util.List;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What an operator does to a running stack. The framework registers one such service. Safe for use by several threads. */
@ProviderType
public interface StackAdmin {
    /**
     * Replaces the modules of one bundle by those of another, without a load that meets neither or both: starts the new
     * bundle beside the old one, waits until it has registered its modules, switches in one generation, waits for the loads that
     * still use the old modules, and stops the old bundle. Other changes take effect meanwhile.
     *
     * <p>A module that needs settings registers with its first good ones, so the new modules are ready when they take over. Both
     * bundles are active for a while and take the same configuration: one of Configuration Admin needs the location {@code ?}, or it
     * stays bound to the old bundle.
     *
     * <p>The names of the outgoing modules belong to the incoming bundle from then on; see {@link SecurityModule#lsmId}.
     *
     * <p>What becomes of the old bundle: it is stopped for good, that is, not started again with the framework, and stays
     * installed, so that the two can be replaced in the other direction, or it can be uninstalled.
     *
     * @param outgoing an active bundle that registered modules
     * @param incoming an installed bundle that registers, when started or at most 5 s later, a module for each name of the outgoing
     *     one
     * @throws IllegalArgumentException when both are one bundle; nothing changes
     * @throws BundleException when the incoming bundle does not start, or does not bring a module for each name in time; then the old
     *     modules stay in charge and the new bundle is stopped again
     */
    void replace(Bundle outgoing, Bundle incoming) throws BundleException;

    /** Returns the names of the modules without which nothing is decided now: {@code lsm.required}, or policies that were in the stack. */
    List<String> required();

    /** Returns those of {@link #required()} that are not in the present stack; while there are some, loads wait and are then denied. */
    List<String> missing();

    /**
     * Returns the state of each module of the present stack, in order: a module is unhealthy from its third fault in a row
     * until its next decision without one.
     */
    List<ModuleHealth> health();

    /**
     * How one module does.
     *
     * @param lsm the module
     * @param faultsInARow how often it threw, returned nothing or overran its time budget since it last decided
     * @param lastFault what it did last; empty text when it never failed
     */
    record ModuleHealth(LsmId lsm, int faultsInARow, String lastFault) {
        /** Faults in a row from which a module counts as unhealthy. */
        public static final int UNHEALTHY = 3;

        /** Returns whether the module still deserves trust. */
        public boolean isHealthy() {
            return faultsInARow < UNHEALTHY;
        }
    }
}
