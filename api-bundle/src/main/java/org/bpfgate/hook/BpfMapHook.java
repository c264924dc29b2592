package org.bpfgate.hook;

import org.bpfgate.program.BpfMap;
import org.bpfgate.program.FileMode;
import org.osgi.annotation.versioning.ConsumerType;

/** {@code LSM_HOOK(int, 0, bpf_map, …)}: a file descriptor for a map is about to be made. */
@ConsumerType
public interface BpfMapHook extends SecurityModule {
    /**
     * Decides whether the caller gets the file descriptor.
     *
     * @param map the map, made now or earlier; an earlier one is a new object to every module
     * @param mode what the descriptor permits
     * @return an allowance, or a denial upon which no descriptor is made
     */
    HookResult bpfMap(BpfMap map, FileMode mode);
}
