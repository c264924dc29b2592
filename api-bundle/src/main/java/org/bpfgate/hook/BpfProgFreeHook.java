package org.bpfgate.hook;

import org.bpfgate.program.BpfProgram;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(void, LSM_RET_VOID, bpf_prog_free, …)}: a program goes away, or its load was refused. */
@ConsumerType
public interface BpfProgFreeHook extends SecurityModule {
    /**
     * Lets go of what the module holds for the program. Called at most once per program, also when no other callback of
     * this module ran for it; the blobs are dropped right afterwards.
     *
     * @param program the program
     */
    void bpfProgFree(BpfProgram program);
}
