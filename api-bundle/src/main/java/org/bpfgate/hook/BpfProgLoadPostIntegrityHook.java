package org.bpfgate.hook;

import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.program.ProgramLoad;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * {@code LSM_HOOK(int, 0, bpf_prog_load_post_integrity, …)}: called once per report of a verifier, for modules that decide on
 * verdicts. A policy that must notice the absence of a verdict implements {@link BpfProgLoadHook} as well.
 */
@ConsumerType
public interface BpfProgLoadPostIntegrityHook extends SecurityModule {
    /**
     * Takes a verdict.
     *
     * @param load the load
     * @param verifier who reports
     * @param report what it found
     * @return {@link HookResult#ALLOW} after storing the verdict for {@link BpfProgLoadHook}; a denial to refuse at once, after
     *     which no further verifier runs
     */
    HookResult bpfProgLoadPostIntegrity(ProgramLoad load, LsmId verifier, IntegrityReport report);
}
