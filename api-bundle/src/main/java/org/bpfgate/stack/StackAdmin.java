package org.bpfgate.stack;

import java.util.List;
import java.util.Optional;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.ProgramLoad;
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
     * <p>An outgoing bundle whose stop fails or hangs is out of the stack all the same; the log tells.
     *
     * @throws IllegalArgumentException when both are one bundle; nothing changes
     * @throws BundleException when the incoming bundle does not start within 20 s, or does not bring a module for each name in time;
     *     then the old modules stay in charge and the new bundle is stopped again, as soon as its activator returns
     */
    void replace(Bundle outgoing, Bundle incoming) throws BundleException;

    /** Returns the names of the modules without which nothing is decided now: {@code lsm.required}, or policies that were in the stack. */
    List<String> required();

    /** Returns those of {@link #required()} that are not in the present stack; while there are some, loads wait and are then denied. */
    List<String> missing();

    /**
     * Starts a bundle and takes its modules into the stack in one generation, when its start has succeeded and not before. A bundle that
     * registers no module within 5 s, since it waits for its settings, stays started: its modules join when they are registered.
     *
     * @param incoming an installed bundle
     * @throws BundleException when it does not start within 20 s; then no module of it was in the stack, and it is stopped as soon as
     *     its activator returns
     */
    void add(Bundle incoming) throws BundleException;

    /**
     * Takes the modules of a bundle out of the stack in one generation, waits for the loads that still use them, and stops the bundle.
     * A bundle whose stop fails or does not return within 20 s is out of the stack all the same; the log tells.
     *
     * @param outgoing an active bundle
     * @param retired whether somebody does without its modules, so that a policy among them is not required for having been in the stack;
     *     see {@link SecurityModule#RETIRED}
     */
    void remove(Bundle outgoing, boolean retired);

    /**
     * Decides on a load as the present stack would, for whoever asks before anything is loaded. Nobody else hears of it: it leaves no
     * audit record, also none of a module, no {@link DecisionListener} is called, and no module becomes unhealthy or healthy by it. It
     * waits for no missing module, and is denied while one is missing. Callbacks run on the calling thread within their time budget.
     *
     * @param load any load; the modules see the same load with another {@code BpfProgram}, which is freed afterwards
     * @return what the load would get
     */
    LoadDecision tryLoad(ProgramLoad load);

    /**
     * Starts a candidate beside the live stack; see {@link CandidateStack}. There is one at a time; one that has ended makes room.
     *
     * @throws BundleException when an incoming bundle does not start, or brings not every module, as with {@link #replace}; no candidate
     *     runs then, and the bundle is stopped
     * @throws IllegalStateException when one runs already, when the live stack changes meanwhile, or when a required module would be
     *     missing in the candidate; the message says which, one line for people
     */
    CandidateStack startCandidate(CandidatePlan plan) throws BundleException;

    /** Returns the candidate that runs, or the last one that ended; empty when there was none. */
    Optional<CandidateStack> candidate();

    /** Returns how many calls wait now, because a required module is missing. */
    int held();

    /** Returns the names of the modules that come first, whatever their ranking: the setting {@code lsm.order}. */
    List<String> order();

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
