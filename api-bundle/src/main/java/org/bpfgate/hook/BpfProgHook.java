package org.bpfgate.hook;

import org.bpfgate.program.BpfProgram;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_prog, …)}: a file descriptor for a program is about to be made. */
@ConsumerType
public interface BpfProgHook extends SecurityModule {
    /**
     * Decides whether the caller gets the file descriptor.
     *
     * @param program the program, loaded now or earlier. An earlier one is a new object to every module, with the instructions that the
     *     kernel has made of it, which have no digest
     * @return an allowance, or a denial upon which no descriptor is made
     */
    HookResult bpfProg(BpfProgram program);
}
