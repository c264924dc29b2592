package org.bpfgate.hook;

import org.bpfgate.program.ProgramLoad;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_prog_load, …)}: second phase of a load, after all verifiers have reported. */
@ConsumerType
public interface BpfProgLoadHook extends SecurityModule {
    /**
     * Decides on the load.
     *
     * @param load the load
     * @return an allowance, upon which the next module is asked; or a denial, which ends the walk
     */
    HookResult bpfProgLoad(ProgramLoad load);
}
