package org.bpfgate.hook;

import org.bpfgate.program.ProgramLoad;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * {@code LSM_HOOK(int, 0, bpf_prog_load_integrity, …)}: first phase of a load, for modules that verify integrity. Runs
 * for all such modules before any {@link BpfProgLoadHook}.
 */
@ConsumerType
public interface BpfProgLoadIntegrityHook extends SecurityModule {
    /**
     * Verifies the program and reports one verdict.
     *
     * <p>A verifier computes a verdict, reports it exactly once, and returns what the report returned. It never turns a bad
     * verdict into a denial; that is for policies. It denies only when it could not do its work.
     *
     * @param load the load; the instructions and the signature in it are the ones that will be used
     * @param reporter takes the verdict; valid during this call only
     * @return the result of the report; {@link HookResult#ALLOW} without a report when this module has nothing to say about
     *     the program; a denial such as {@code EFAULT} or {@code ENOMEM} when verification itself failed
     */
    HookResult bpfProgLoadIntegrity(ProgramLoad load, IntegrityReporter reporter);
}
