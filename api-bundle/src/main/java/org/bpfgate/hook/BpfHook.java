package org.bpfgate.hook;

import org.bpfgate.program.BpfRequest;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf, …)}: every bpf(2) command, once, after its attributes were copied and before anything else. */
@ConsumerType
public interface BpfHook extends SecurityModule {
    /**
     * Decides on a command.
     *
     * @param request the command and its attributes; none (size 0) where the caller of the hooks leaves the command to the kernel, which
     *     reads them after this decision from memory that the client can still change
     * @return an allowance, or a denial with which the command ends
     */
    HookResult bpf(BpfRequest request);
}
